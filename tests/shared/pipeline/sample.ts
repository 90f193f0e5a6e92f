/** The sample of `docs/pipelines.md`. */
export const sample = `pipeline: orders-daily
description: Three source databases into one daily report.

params:
  day: { type: date, default: "{% $interval.start %}" }

triggers:
  nightly:  { schedule: "cron(0 3 * * ? *)", timezone: Europe/Berlin, interval: day }
  arrivals: { s3: { bucket: landing, key: "orders/{day}/*.csv" }, batch: { quiet: 2m, window: 15m, size: 500 } }
  request:  { api: true }
  upstream: { datasets: { all: [customers, prices] } }

runs: { max: 1, overlap: queue, deadline: 2h }
defaults: { retry: { attempts: 3, delay: 30s, backoff: 2 }, timeout: 1h }

tasks:
  customers: { glue-job: extract-customers }
  prices:    { glue-job: extract-prices }
  orders:    { glue-job: extract-orders, args: { day: "{% $params.day %}" } }
  report:
    glue-job: build-report
    after: [customers, prices, orders]
    args: { rows: "{% $tasks.orders.output.rows %}" }
    publishes: [daily_report]
`;
