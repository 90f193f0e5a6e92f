import { describe, expect, test } from 'vitest';
import type { RuntimeEntry } from '../../bench/crash/journal.ts';
import { type Remains, runtimeVerdict } from '../../bench/crash/runtime-verdict.ts';

const journal: readonly RuntimeEntry[] = [
  { is: 'recovered', ms: 5, runs: 2 },
  { is: 'asked', id: 'broken-1', kind: 'broken' },
  { is: 'asked', id: 'arrivals-2', kind: 'arrivals' },
  { is: 'answered', id: 'arrivals-2' },
];
const broken = { id: 'broken-1', status: 'FAILED', settled: true };
const arrival = { id: 'arrivals-2', status: 'SUCCEEDED', settled: true };
const whole: Remains = {
  runs: [broken, arrival],
  starts: ['run-1 good 1', 'run-1 bad 1', 'run-1 bad 2', 'run-2 take 1'],
  askedAs: new Map([
    ['run-1', 'broken-1'],
    ['run-2', 'arrivals-2'],
  ]),
  undelivered: 0,
  deadLetters: 0,
  jobsLeft: 0,
};
const faultless = {
  lost: 0,
  wrongStatus: 0,
  doubledRuns: 0,
  duplicateStarts: 0,
  wrongAttempts: 0,
  jobsLeft: 0,
  undelivered: 0,
  deadLetters: 0,
  surprises: 0,
};

describe('the verdict on a killed runtime', () => {
  test('is empty if everything is as expected', () => {
    expect(runtimeVerdict(journal, whole)).toMatchObject({ started: 2, finished: 2, jobStarts: 4, ...faultless });
  });

  test.each<[string, Partial<Remains>, object]>([
    ['a missing run', { runs: [broken], starts: whole.starts.slice(0, 3) }, { lost: 1, wrongAttempts: 1 }],
    ['a run with live work', { runs: [broken, { ...arrival, settled: false }] }, { lost: 1 }],
    [
      'a run with a different end',
      { runs: [{ ...broken, status: 'SUCCEEDED' }, arrival] },
      { wrongStatus: 1, finished: 1 },
    ],
    ['a second run for one cause', { runs: [broken, arrival, arrival] }, { doubledRuns: 1 }],
    ['an attempt that was started twice', { starts: [...whole.starts, 'run-1 bad 2'] }, { duplicateStarts: 1 }],
    ['one attempt too many', { starts: [...whole.starts, 'run-1 bad 3'] }, { wrongAttempts: 1, duplicateStarts: 0 }],
    ['a job that was never started', { starts: whole.starts.slice(1) }, { wrongAttempts: 1 }],
    ['a job of an unknown task', { starts: [...whole.starts, 'run-1 never 1'] }, { wrongAttempts: 1 }],
    ['a job that still runs', { jobsLeft: 1 }, { jobsLeft: 1 }],
    ['an untaken event', { undelivered: 1, deadLetters: 2 }, { undelivered: 1, deadLetters: 2 }],
  ])('counts %s', (_, remains, found) => {
    expect(runtimeVerdict(journal, { ...whole, ...remains })).toMatchObject({ ...faultless, ...found });
  });
});
