import { expect, test } from 'vitest';
import { pipeline } from '../../../../shared/pipeline/builder/builder.ts';
import { readPipeline, readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { sample } from '../sample.ts';

const orders = pipeline({
  pipeline: 'orders-daily',
  description: 'Three source databases into one daily report.',
  params: { day: { type: 'date', default: '{% $interval.start %}' } },
  triggers: {
    nightly: { schedule: 'cron(0 3 * * ? *)', timezone: 'Europe/Berlin', interval: 'day' },
    arrivals: {
      s3: { bucket: 'landing', key: 'orders/{day}/*.csv' },
      batch: { quiet: '2m', window: '15m', size: 500 },
    },
    request: { api: true },
    upstream: { datasets: { all: ['customers', 'prices'] } },
  },
  runs: { max: 1, overlap: 'queue', deadline: '2h' },
  defaults: { retry: { attempts: 3, delay: '30s', backoff: 2 }, timeout: '1h' },
  tasks: {
    customers: { 'glue-job': 'extract-customers' },
    prices: { 'glue-job': 'extract-prices' },
    orders: { 'glue-job': 'extract-orders', args: { day: '{% $params.day %}' } },
    report: {
      'glue-job': 'build-report',
      after: ['customers', 'prices', 'orders'],
      args: { rows: '{% $tasks.orders.output.rows %}' },
      publishes: ['daily_report'],
    },
  },
});

test('a module and a file with the same content give the same pipeline', () => {
  expect(readPipelineValue(orders, 'orders.ts').pipeline).toEqual(readPipeline(sample, 'orders.yml').pipeline);
});

test('durations, parameters and expressions of each form compile', () => {
  const forms = pipeline({
    pipeline: 'forms',
    params: {
      day: { type: 'date', default: '{% $interval.start %}' },
      rows: { type: 'integer', default: 3 },
      tables: { type: 'array', default: ['a', 'b'] },
      full: { type: 'boolean', default: '{% $run.id != "x" %}' },
    },
    runs: { deadline: '1d', late: '1h30m' },
    tasks: {
      a: { 'glue-job': 'j', timeout: '2h5m30s', retry: { delay: '90s', maxDelay: '5m' } },
      b: { 'glue-job': 'j', after: 'a', if: '{% $params.full %}', when: { at_least: 1 } },
    },
  });
  expect(readPipelineValue(forms, 'forms.ts').problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('tasks made in a loop compile beside named tasks', () => {
  const tables = ['orders', 'prices'];
  const looped = pipeline({
    pipeline: 'looped',
    tasks: {
      ...Object.fromEntries(tables.map((table) => [table, { 'glue-job': 'extract', args: { table } }])),
      report: { 'glue-job': 'report', after: tables },
    },
  });
  const read = readPipelineValue(looped, 'looped.ts').pipeline;
  expect(Object.values(read?.tasks ?? {}).map(({ after }) => after)).toEqual([[], [], tables]);
});

test('a pipeline that does not compile is also refused by the reader', () => {
  const definitions = [
    // @ts-expect-error: no such task
    pipeline({ pipeline: 'p', tasks: { a: { 'glue-job': 'j' }, b: { 'glue-job': 'j', after: ['c'] } } }),
    // @ts-expect-error: itself
    pipeline({ pipeline: 'p', tasks: { a: { 'glue-job': 'j' }, b: { 'glue-job': 'j', after: 'b' } } }),
    // @ts-expect-error: unknown key of a task
    pipeline({ pipeline: 'p', tasks: { a: { 'glue-job': 'j', tiemout: '1h' } } }),
    // @ts-expect-error: unknown key of the pipeline
    pipeline({ pipeline: 'p', task: {}, tasks: { a: { 'glue-job': 'j' } } }),
    // @ts-expect-error: no kind
    pipeline({ pipeline: 'p', tasks: { a: { timeout: '1h' } } }),
    // @ts-expect-error: no such join rule
    pipeline({ pipeline: 'p', tasks: { a: { 'glue-job': 'j' }, b: { 'glue-job': 'j', after: 'a', when: 'all' } } }),
    // @ts-expect-error: no such duration
    pipeline({ pipeline: 'p', tasks: { a: { 'glue-job': 'j', timeout: '30 minutes' } } }),
    // @ts-expect-error: no such duration, in a trigger
    pipeline({
      pipeline: 'p',
      triggers: { s: { s3: { bucket: 'b' }, batch: { quiet: '2' } } },
      tasks: { a: { 'glue-job': 'j' } },
    }),
    // @ts-expect-error: an expression must be between {% and %}
    pipeline({ pipeline: 'p', tasks: { a: { 'glue-job': 'j', if: '$params.full' } } }),
    // @ts-expect-error: the default of an integer
    pipeline({
      pipeline: 'p',
      params: { n: { type: 'integer', default: 'three' } },
      tasks: { a: { 'glue-job': 'j' } },
    }),
    // @ts-expect-error: a parameter has a type
    pipeline({ pipeline: 'p', params: { x: {} }, tasks: { a: { 'glue-job': 'j' } } }),
  ];
  for (const definition of definitions) expect(readPipelineValue(definition, 'p.ts').pipeline).toBeUndefined();
});
