import type { PipelineList } from '../../shared/views/pipelines/pipeline-view.ts';
import type { RunItem } from '../../shared/views/runs/run-list.ts';
import type { FakeApi } from './fake-api.ts';
import * as fixtures from './fixtures.ts';

/** A realistic project for the pictures, without hostile texts. */
export function showcase(api: FakeApi): void {
  api.set('/pipelines', pipelines);
  api.set('/dead-letters', {
    letters: [
      {
        id: 'letter-1',
        at: fixtures.at(0),
        kind: 'run',
        what: 's3://landing/orders/incoming.csv',
        why: 'its key has no value for year',
      },
    ],
  });
  api.answer(`/runs/${fixtures.failedRun.id}/tasks/join/log`, (query) => ({
    lines: log.filter(({ text }) => text.includes(query.get('search') ?? '')),
  }));
  api.set(`/runs/${fixtures.failedRun.id}/events`, events);
}

const ended = fixtures.runs.slice(2);

function lastRuns(count: number, scale: number, failed: readonly number[] = []): RunItem[] {
  return ended.slice(0, count).map(({ endedAt: _, ...run }, index) => ({
    ...run,
    status: failed.includes(index) ? 'FAILED' : 'SUCCEEDED',
    endedAt: fixtures.at(-(index + 2) * 86_400 + scale * (5 + ((index * 7 + 3) % 6))),
  }));
}

const idle = { paused: false, params: [], triggers: [], tasks: ['a'], live: [], waiting: 0 };
const nightly = { name: 'nightly', kind: 'schedule', paused: false, what: 'cron(30 5 * * ? *)' };

const pipelines: PipelineList = {
  pipelines: [
    ...fixtures.pipelines.pipelines.filter(({ name }) => name === 'orders-daily'),
    {
      ...idle,
      name: 'customers',
      description: 'Customers from the shops, merged and cleaned',
      triggers: [{ ...nightly, next: fixtures.at(3_600) }],
      lastRuns: lastRuns(20, 60, [6]),
    },
    {
      ...idle,
      name: 'exchange-rates',
      description: 'Rates of the central bank, every hour',
      triggers: [{ ...nightly, next: fixtures.at(1_800) }],
      lastRuns: lastRuns(20, 3),
    },
    { ...idle, name: 'inventory', description: 'Stock by shop', lastRuns: lastRuns(14, 90, [0, 1]) },
    { ...idle, name: 'weekly-report', description: 'Revenue by week', paused: true, lastRuns: lastRuns(6, 200) },
  ],
};

const log = [
  ...Array.from({ length: 44 }, (_, index) => ({
    at: fixtures.at(310 + index * 8),
    stream: 'output',
    text: `INFO joined part ${index + 1} of 60: ${1_400 + ((index * 37) % 300)} rows`,
  })),
  { at: fixtures.at(681), stream: 'error', text: 'Traceback (most recent call last):' },
  { at: fixtures.at(681), stream: 'error', text: '  File "jobs/join.py", line 41, in <module>' },
  { at: fixtures.at(681), stream: 'error', text: '    rows = orders.join(customers, on="customer_id")' },
  { at: fixtures.at(682), stream: 'error', text: "KeyError: 'customer_id' is in no row of orders.csv" },
];

const events = {
  run: fixtures.failedRun.id,
  settled: true,
  events: [
    [0, 'orders-daily-1122 was requested by schedule nightly.'],
    [1, 'orders-daily-1122 started.'],
    [2, 'extract_orders started: job run jr_extract_orders.'],
    [130, 'extract_orders succeeded after 2 m 08 s.'],
    [301, 'join started: job run jr_join.'],
    [690, "join failed: KeyError: 'customer_id' is in no row of orders.csv"],
    [690, 'apply_rates and report do not run, because join failed.'],
    [700, 'orders-daily-1122 failed.'],
  ].map(([seconds, sentence], index) => ({
    id: String(index),
    at: fixtures.at(Number(seconds)),
    code: 'noted',
    sentence,
  })),
};
