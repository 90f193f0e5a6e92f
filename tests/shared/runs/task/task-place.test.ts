import { expect, test } from 'vitest';
import { whileFull } from '../../../../shared/runs/task/task-place.ts';
import type { TaskRecord } from '../../../../shared/runs/task/task-record.ts';

const waiting = (places: number): TaskRecord => ({
  run: 'orders-x',
  pipeline: 'orders',
  task: 'load',
  attempt: {
    number: 1,
    since: 0,
    token: 't1',
    work: { kind: 'glue-job', job: 'load', args: {}, inject: true },
    timeout: 600,
    outputLimit: 0,
    pool: { name: 'warehouse', places, priority: 0 },
    tries: 0,
    phase: { at: 'queued', since: 0, reason: 'it waits' },
  },
  spent: [],
  earlier: [],
});

test.each([
  [1, 4, 'pool warehouse is full (4 of 4)'],
  [3, 2, 'pool warehouse has 2 of 4 places free, and the task needs 3'],
  [9, 1, 'pool warehouse has 3 of 4 places free, and the task needs 4'],
  [1, 2, 'pool warehouse has 2 of 4 places free, and others are before it'],
])('a task that takes %i places gives the reason for waiting while %i of 4 are held', (places, taken, reason) => {
  expect(whileFull(waiting(places), { taken, capacity: 4 }).attempt.phase).toMatchObject({ reason });
});
