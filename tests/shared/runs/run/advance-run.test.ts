import { describe, expect, test } from 'vitest';
import { advanceRun } from '../../../../shared/runs/run/advance-run.ts';
import type { RunRecord } from '../../../../shared/runs/run/run-record.ts';
import type { RunSignal } from '../../../../shared/runs/run/run-signal.ts';

const pending: RunRecord = {
  id: 'orders-1',
  pipeline: 'orders',
  status: 'PENDING',
  trigger: {},
  cause: '1',
  params: {},
  createdAt: 0,
  settled: false,
};
const executionArn = 'arn:aws:states:eu-west-1:111122223333:execution:orders:orders-1';
const says = (status: string): RunSignal => ({
  is: 'execution',
  id: 'orders-1',
  pipeline: 'orders',
  executionArn,
  status,
});

function after(seconds: number, ...signals: RunSignal[]) {
  let step: ReturnType<typeof advanceRun> = { record: pending, effects: [] };
  for (const signal of signals) step = advanceRun(step.record, signal, { now: seconds * 1_000, random: 0 });
  return { status: step.record?.status, does: step.effects.map((effect) => effect.do) };
}

test.each<[string, RunSignal]>([
  ['the answer came', { is: 'launched', executionArn }],
  ['the execution was seen', says('RUNNING')],
  ['it was over', { is: 'finished', id: 'orders-1', pipeline: 'orders', status: 'SUCCEEDED', lost: {} }],
])('a run’s start is when its execution was requested, not when %s', (_, signal) => {
  const { record } = advanceRun(pending, { is: 'admitted' }, { now: 1_000, random: 0 });
  expect(advanceRun(record, signal, { now: 9_000, random: 0 }).record?.startedAt).toBe(1_000);
});

test.each(['ABORTED', 'TIMED_OUT'])(
  'a finished run does not change when its execution is %s before its last answer',
  (status) => {
    const finished: RunSignal = { is: 'finished', id: 'orders-1', pipeline: 'orders', status: 'FAILED', lost: {} };
    expect(after(0, { is: 'admitted' }, finished, says(status))).toEqual({ status: 'FAILED', does: ['settle'] });
  },
);

describe('a run that is stopped during a start without an answer', () => {
  const stopped: RunSignal[] = [{ is: 'admitted' }, { is: 'stop' }];

  test.each<[string, number, RunSignal[], string, string[]]>([
    ['stops an execution that may exist', 0, stopped, 'ABORTED', ['halt']],
    ['stops it again at each look', 0, [...stopped, { is: 'tick' }], 'ABORTED', ['halt']],
    ['does not settle while it runs', 0, [...stopped, says('RUNNING'), { is: 'tick' }], 'ABORTED', ['halt']],
    ['settles once it has ended', 0, [...stopped, says('ABORTED')], 'ABORTED', ['settle']],
    ['has its execution’s status if that was faster', 0, [...stopped, says('SUCCEEDED')], 'SUCCEEDED', ['settle']],
    ['waits for an execution that may still appear', 0, [...stopped, { is: 'execution-gone' }], 'ABORTED', []],
    ['stops it if the answer comes late', 0, [...stopped, { is: 'launched', executionArn }], 'ABORTED', ['halt']],
    ['is over at once if nothing was started', 0, [{ is: 'stop' }], 'ABORTED', ['settle']],
  ])('%s', (_, seconds, signals, status, does) => {
    expect(after(seconds, ...signals)).toEqual({ status, does });
  });

  test('settles after five minutes without an answer', () => {
    const { record } = advanceRun(pending, { is: 'admitted' }, { now: 0, random: 0 });
    const cut = advanceRun(record, { is: 'stop' }, { now: 1_000, random: 0 }).record;
    const step = advanceRun(cut, { is: 'execution-gone' }, { now: 301_000, random: 0 });
    expect(step.effects).toEqual([{ do: 'settle', run: 'orders-1', pipeline: 'orders' }]);
  });
});
