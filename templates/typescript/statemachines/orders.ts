import { pipeline } from 'gluewright';

/** A source for each: add one here, and its tasks are made. */
const sources = ['orders'];
const day = '{% $params.day %}';

export default sources.map((source) =>
  pipeline({
    pipeline: source,
    description: `Cleans the ${source} of a day, and reports them.`,
    params: { day: { type: 'date', default: '{% $interval.start %}' } },
    triggers: {
      arrival: { s3: { bucket: 'landing', key: `${source}/{day}.csv` } },
      nightly: { schedule: 'cron(0 3 * * ? *)', timezone: 'Europe/Berlin', interval: 'day' },
    },
    tasks: {
      clean: {
        'glue-job': 'clean-orders',
        args: { day, source: `s3://landing/${source}/`, target: `s3://lake/${source}/` },
        retry: { attempts: 3, delay: '30s' },
      },
      report: {
        'glue-job': 'report-orders',
        after: 'clean',
        args: {
          day,
          orders: '{% $string($tasks.clean.output.orders) %}',
          total: '{% $string($tasks.clean.output.total) %}',
          report: 's3://lake/reports/',
        },
      },
    },
  }),
);
