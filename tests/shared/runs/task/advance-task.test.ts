import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanceTask } from '../../../../shared/runs/task/advance-task.ts';
import type { TaskStep } from '../../../../shared/runs/task/attempt.ts';
import { type TaskRecord, taskIndex, taskRecord } from '../../../../shared/runs/task/task-record.ts';
import type { TaskSignal } from '../../../../shared/runs/task/task-signal.ts';
import { jobState } from '../../../../shared/tasks/glue-job/job-run.ts';
import type { Work } from '../../../../shared/tasks/kinds.ts';
import { callOf } from '../../world/world.ts';

const start = Date.parse('2026-11-20T04:00:00Z');

/** Applies signals in order, `seconds` apart. */
function after(signals: readonly TaskSignal[], seconds = 1): TaskStep {
  let step: TaskStep = { record: undefined, effects: [] };
  for (const [n, signal] of signals.entries()) {
    step = advanceTask(step.record, signal, { now: start + n * seconds * 1000, random: 0.5 });
  }
  return step;
}

const call = (token = 't1'): TaskSignal => ({ is: 'call', call: callOf(token) });
const nth = (retry: number, token: string): TaskSignal => ({
  is: 'call',
  call: { ...callOf(token), turn: `2026-11-20T04:00:00Z##${retry}` },
});
const first = { attempt: 1, try: 1 };
const started = (id: string, attempt = 1): TaskSignal => ({ is: 'started', attempt, id });
const job = (id: string, state: string, attempt?: number): TaskSignal & { is: 'work' } => ({
  is: 'work',
  id,
  state: jobState(state, undefined),
  ...(attempt === undefined ? {} : { attempt }),
});
const phaseOf = ({ record }: TaskStep) => record?.attempt.phase;

describe('a late, early or repeated signal changes nothing', () => {
  test.each<[string, TaskSignal[], TaskSignal]>([
    ['anything, before the task was called', [], started('jr_1')],
    ['a refusal, after the job has started', [call(), started('jr_1')], { is: 'refused', reason: 'full', ...first }],
    [
      'a refusal of an earlier try',
      [call(), { is: 'refused', reason: 'full', ...first }, { is: 'slot' }],
      { is: 'refused', reason: 'full', ...first },
    ],
    ['the end of an unknown job run', [call(), started('jr_1')], job('jr_2', 'SUCCEEDED')],
    [
      'the end of a job run of an earlier attempt',
      [call(), started('jr_1'), job('jr_1', 'FAILED'), call('t2')],
      job('jr_1', 'SUCCEEDED', 1),
    ],
    ['a state that is not an end', [call(), started('jr_1')], job('jr_1', 'STOPPING')],
    ['an unknown state', [call(), started('jr_1')], job('jr_1', 'PAUSED')],
    ['a second end', [call(), started('jr_1'), job('jr_1', 'SUCCEEDED')], job('jr_1', 'FAILED')],
    ['a copy of an earlier call that was never recorded', [nth(1, 't2')], nth(0, 't1')],
    [
      'a copy of an earlier call, after a delivered failure',
      [nth(1, 't2'), started('jr_1'), job('jr_1', 'FAILED'), { is: 'delivered', token: 't2', as: 'told' }],
      nth(0, 't1'),
    ],
    ['a slot, while the job runs', [call(), started('jr_1')], { is: 'slot' }],
    ['not found, before it counts', [call(), { is: 'ambiguous', ...first }], { is: 'not-found', ...first }],
    ['gone, before it counts', [call(), started('jr_1')], { is: 'work-gone', id: 'jr_1' }],
  ])('%s', (_, before, late) => {
    const step = after(before);
    expect(after([...before, late])).toEqual({ record: step.record, effects: [] });
  });
});

test('a native task whose start was not recorded begins when its state asks again', () => {
  const work: Work = { kind: 'lambda', function: 'fetch-rates', args: {} };
  const asked: TaskSignal = { is: 'call', call: { ...callOf('t1'), work } };
  expect(after([asked, asked]).effects).toMatchObject([{ do: 'begin' }]);
  expect(after([asked, started('jr_1'), asked]).effects).toEqual([]);
});

test.each<[string, Work, TaskStep['effects']]>([
  ['marked', { kind: 'glue-job', job: 'j', args: {}, inject: true }, []],
  [
    'unmarked',
    { kind: 'crawler', crawler: 'orders', running: 'wait' },
    [{ do: 'ask', work: { kind: 'crawler', crawler: 'orders', running: 'wait' }, id: 'w1' }],
  ],
])('%s work is asked about, or not, once its id is recorded', (_, work, effects) => {
  const signals: TaskSignal[] = [{ is: 'call', call: callOf('t1', { work }) }, started('w1')];
  expect(after(signals).effects).toEqual(effects);
});

test('after a lost answer, not found counts a minute after the call has ended, however long it took', () => {
  const lost: TaskSignal[] = [call(), { is: 'ambiguous', ...first }];
  const notFound: TaskSignal = { is: 'not-found', ...first };
  expect(after([...lost, notFound], 59).effects).toEqual([]);
  expect(after([...lost, notFound], 60).effects).toMatchObject([{ do: 'begin', attempt: 1, try: 2 }]);
});

test('if starts are visible at once, not found counts at once', () => {
  const lost: TaskSignal[] = [call(), { is: 'ambiguous', settled: true, ...first }];
  expect(after(lost, 0).effects).toMatchObject([{ do: 'find', attempt: 1, try: 1 }]);
  expect(after([...lost, { is: 'not-found', ...first }], 0).effects).toMatchObject([{ do: 'begin', try: 2 }]);
});

describe('two job runs of one attempt', () => {
  test('end as one: the second is stopped', () => {
    const step = after([call(), started('jr_1'), started('jr_2')]);
    expect(step.effects).toEqual([{ do: 'stop', kind: 'glue-job', name: 'extract', id: 'jr_2' }]);
    expect(phaseOf(step)).toMatchObject({ at: 'running', id: 'jr_1' });
  });

  test('are both stopped if the attempt is over', () => {
    const step = after([call(), { is: 'fatal', reason: 'no', ...first }, started('jr_1')]);
    expect(step.effects).toEqual([{ do: 'stop', kind: 'glue-job', name: 'extract', id: 'jr_1' }]);
  });
});

test.each([
  [1, 3750],
  [2, 7500],
  [3, 15_000],
  [10, 90_000],
  [40, 90_000],
])('after %i refusals the next try comes in %i ms', (count, delay) => {
  let step = after([call()]);
  for (let n = 1; n <= count; n++) {
    const at = { now: start, random: 0.5 };
    step = advanceTask(step.record, { is: 'refused', reason: 'full', attempt: 1, try: n }, at);
    if (n < count) step = advanceTask(step.record, { is: 'slot' }, at);
  }
  expect(phaseOf(step)).toMatchObject({ at: 'queued', next: start + delay });
});

test('a job that was stopped for its deadline has timed out, even if the clock is behind', () => {
  const bounded: TaskSignal = { is: 'call', call: { ...callOf('t1'), deadline: 60 } };
  const running = after([bounded, started('jr_1')]).record;
  const seen = advanceTask(running, { is: 'tick' }, { now: start + 60_000, random: 0.5 });
  expect(seen.effects).toMatchObject([{ do: 'stop' }, { do: 'ask' }]);
  const step = advanceTask(seen.record, job('jr_1', 'STOPPED'), { now: start + 58_000, random: 0.5 });
  expect(phaseOf(step)).toMatchObject({ ending: { error: 'Gluewright.DeadlinePassed' } });
});

test.each([
  ['is found after the deadline still counts', 3_600, 600, 'Glue.JobFailed'],
  ['came close to the deadline counts as the deadline’s', 3_600, 3_590, 'Gluewright.DeadlinePassed'],
])('a failure that %s', (_, deadline, endedAfter, error) => {
  const bounded: TaskSignal = { is: 'call', call: { ...callOf('t1'), deadline } };
  const { record } = after([bounded, started('jr_1')]);
  const late = { now: start + 7_200_000, random: 0.5 };
  const asked = advanceTask(record, { is: 'tick' }, late).record;
  const times = { completedOn: start + endedAfter * 1_000 };
  const step = advanceTask(asked, { ...job('jr_1', 'FAILED'), times }, late);
  expect(phaseOf(step)).toMatchObject({ ending: { error } });
});

test('a timeout before the deadline counts, even if Glue began to count late', () => {
  const bounded: TaskSignal = { is: 'call', call: { ...callOf('t1'), timeout: 600, deadline: 3_600 } };
  const { record } = after([bounded, started('jr_1')]);
  const times = { completedOn: start + 900_000 };
  const step = advanceTask(record, { ...job('jr_1', 'TIMEOUT'), times }, { now: start + 7_200_000, random: 0.5 });
  expect(phaseOf(step)).toMatchObject({ ending: { error: 'Glue.JobTimedOut' } });
});

describe('a stop', () => {
  const stopped: TaskSignal[] = [call(), started('jr_1'), { is: 'stop' }];
  const stopOf = (step: TaskStep) => step.effects.filter((effect) => effect.do === 'stop');

  test('is requested once, however often the run or the reconciler looks', () => {
    expect(stopOf(after(stopped))).toHaveLength(1);
    expect(stopOf(after([...stopped, { is: 'stop' }], 3_600))).toEqual([]);
    expect(after([...stopped, { is: 'tick' }], 3_600).effects).toMatchObject([{ do: 'ask', id: 'jr_1' }]);
    const denied: TaskSignal = { is: 'denied', reason: 'no' };
    expect(stopOf(after([...stopped, denied, { is: 'stop' }], 300))).toEqual([]);
  });

  test.each([
    ['is still running', job('jr_1', 'RUNNING'), 60, 1],
    ['is still running, less than a minute later', job('jr_1', 'RUNNING'), 59, 0],
    ['is stopping', job('jr_1', 'STOPPING'), 60, 0],
    ['was still stopping after half an hour', job('jr_1', 'STOPPING'), 1_800, 1],
    ['has ended', job('jr_1', 'SUCCEEDED'), 60, 0],
  ])('is repeated only for live work: the service says that it %s', (_, says, seconds, count) => {
    expect(stopOf(after([...stopped, says], seconds))).toHaveLength(count);
  });

  test('that the service refused is repeated at the next look', () => {
    const failed: TaskSignal = { is: 'stop-failed', id: 'jr_1' };
    expect(stopOf(after([...stopped, failed, { is: 'tick' }]))).toHaveLength(1);
  });

  test('of work that no service runs ends the attempt without a call', () => {
    const work = { kind: 'wait', until: '1h' } as const;
    const waiting: TaskSignal = { is: 'call', call: { ...callOf('t1'), deadline: 60, work } };
    expect(after([waiting, started('r1/t/1'), { is: 'tick' }], 60).effects).toMatchObject([{ do: 'deliver' }]);
  });
});

describe('an output that cannot be read', () => {
  const unreadable = (passing: boolean): TaskSignal => ({
    is: 'output',
    attempt: 1,
    output: { is: 'unreadable', why: 'S3 says no', passing },
  });
  const reading: TaskSignal[] = [
    { is: 'call', call: { ...callOf('t1'), outputLimit: 1_000 } },
    started('jr_1'),
    job('jr_1', 'SUCCEEDED'),
  ];

  test('is retried as long as S3 cannot answer, since the job has done its work', () => {
    expect(phaseOf(after([...reading, unreadable(true)], 86_400))).toMatchObject({ at: 'finishing' });
  });

  test("is given up at the task's deadline", () => {
    const [, ...rest] = reading;
    const bounded: TaskSignal = { is: 'call', call: { ...callOf('t1'), outputLimit: 1_000, deadline: 60 } };
    const ended = after([bounded, ...rest, unreadable(true)], 20);
    expect(phaseOf(ended)).toMatchObject({ ending: { error: 'Gluewright.DeadlinePassed' } });
    expect(phaseOf(after([bounded, ...rest, unreadable(true)], 19))).toMatchObject({ at: 'finishing' });
  });

  test('is given up after a quarter of an hour if S3 denies it or nobody waits for it', () => {
    const ending = { ending: { error: 'Gluewright.BadOutput' } };
    expect(phaseOf(after([...reading, unreadable(false)], 899))).toMatchObject({ at: 'finishing' });
    expect(phaseOf(after([...reading, unreadable(false)], 900))).toMatchObject(ending);
    expect(phaseOf(after([...reading, { is: 'stop' }, unreadable(true)], 900))).toMatchObject(ending);
  });
});

test('a job run that is unknown to Glue is given up after a quarter of an hour', () => {
  const gone: TaskSignal = { is: 'work-gone', id: 'jr_1' };
  expect(phaseOf(after([call(), started('jr_1'), gone], 899))).toMatchObject({ at: 'running' });
  expect(phaseOf(after([call(), started('jr_1'), gone], 900))).toMatchObject({ ending: { error: 'Glue.JobFailed' } });
});

const token = fc.constantFrom('t1', 't2', 't3');
const id = fc.constantFrom('jr_1', 'jr_2');
const tried = { attempt: fc.integer({ min: 1, max: 3 }), try: fc.integer({ min: 1, max: 3 }) };
const state = fc
  .constantFrom('RUNNING', 'STOPPING', 'SUCCEEDED', 'FAILED', 'TIMEOUT', 'STOPPED', 'ERROR', 'PAUSED')
  .map((says) => jobState(says, undefined));
const is = <Name extends TaskSignal['is']>(name: Name) => fc.constant(name);

const anySignal: fc.Arbitrary<TaskSignal> = fc.oneof(
  token.map((name): TaskSignal => call(name)),
  fc.record({ is: is('started'), attempt: tried.attempt, id }),
  fc.record({ is: is('refused'), reason: fc.constant('full'), ...tried }),
  fc.record({ is: is('fatal'), reason: fc.constant('no'), ...tried }),
  fc.record({ is: is('ambiguous'), ...tried }),
  fc.record({ is: is('too-late'), ...tried }),
  fc.record({ is: is('not-found'), ...tried }),
  fc.record({ is: is('work'), id, state, attempt: tried.attempt }),
  fc.record({ is: is('work'), id, state }),
  fc.record({ is: is('work-gone'), id }),
  fc.record({ is: is('output'), attempt: tried.attempt, output: fc.constant({ is: 'absent' } as const) }),
  fc.record({ is: is('delivered'), token, as: fc.constantFrom('told', 'closed') }),
  fc.record({ is: fc.constantFrom('slot', 'stop', 'tick') }),
);

test('in any order of signals, attempts count up, no start is repeated, and success is final', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anySignal, fc.integer({ min: 0, max: 200_000 })), { maxLength: 40 }), (signals) => {
      let record: TaskRecord | undefined;
      let now = start;
      const orders = new Set<string>();
      for (const [signal, milliseconds] of signals) {
        now += milliseconds;
        const before = record;
        const step = advanceTask(record, signal, { now, random: 0.3 });
        record = step.record;
        for (const effect of step.effects) {
          if (effect.do !== 'begin') continue;
          const order = `${effect.attempt} ${effect.try}`;
          expect(orders.has(order)).toBe(false);
          orders.add(order);
        }
        if (record === undefined) continue;
        expect(taskRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
        const keys = taskIndex(record).map(({ key }) => `${key.partition} ${key.sort}`);
        expect(new Set(keys).size).toBe(keys.length);
        const grown = record.attempt.number - (before?.attempt.number ?? 0);
        expect(grown === 0 || (grown === 1 && signal.is === 'call')).toBe(true);
        const phase = before?.attempt.phase;
        if (phase?.at === 'ended' && phase.ending.result === 'succeeded') {
          expect(record.attempt.phase).toMatchObject({ at: 'ended', ending: phase.ending });
        }
      }
    }),
    { numRuns: 1000 },
  );
});
