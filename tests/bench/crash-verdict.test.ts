import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../bench/crash/journal.ts';
import { stepsOfLoad } from '../../bench/crash/load.ts';
import { crashVerdict, type Ended } from '../../bench/crash/verdict.ts';

const called = (step: string, token: string): JournalEntry => ({
  is: 'called',
  execution: 'a',
  step,
  token,
  waits: true,
});
const types = [
  'ExecutionStarted',
  'WaitStateExited',
  'TaskFailed',
  ...stepsOfLoad.map(() => 'TaskScheduled'),
  ...stepsOfLoad.slice(1).map(() => 'TaskSucceeded'),
  'ExecutionSucceeded',
];
const events = types.map((type, index) => ({ id: index + 1, previousEventId: index, type }));
const whole: Ended = { arn: 'a', status: 'SUCCEEDED', events };
const journal: readonly JournalEntry[] = [
  { is: 'recovered', ms: 5, executions: 0 },
  { is: 'started', execution: 'a' },
  called('First', 't1'),
  { is: 'settled', token: 't1' },
  called('Last', 't2'),
];

describe('the verdict on crashes', () => {
  test('is empty if nothing was lost', () => {
    expect(crashVerdict(journal, [whole])).toMatchObject({
      started: 1,
      finished: 1,
      lost: 0,
      duplicateStarts: 0,
      repeatedCalls: 0,
      historyGaps: 0,
      wrongHistories: 0,
      recoveryMsMost: 5,
    });
  });

  test.each<[string, readonly JournalEntry[], readonly Ended[], object]>([
    ['a missing run', journal, [], { lost: 1 }],
    ['a run that did not end', journal, [{ ...whole, status: 'RUNNING' }], { lost: 1 }],
    ['a run without an answer', [], [{ ...whole, status: 'FAILED' }], { lost: 1 }],
    ['a task with two tokens', [...journal, called('Last', 't3')], [whole], { duplicateStarts: 1 }],
    ['a settled task called again', [...journal, called('First', 't1')], [whole], { duplicateStarts: 1 }],
    ['an unsettled task called again', [...journal, called('Last', 't2')], [whole], { repeatedCalls: 1 }],
    ['a missing event', journal, [{ ...whole, events: events.toSpliced(4, 1) }], { historyGaps: 1 }],
    ['an event written twice', journal, [{ ...whole, events: events.concat(events.slice(-1)) }], { historyGaps: 1 }],
    [
      'a task that was scheduled twice',
      journal,
      [
        {
          ...whole,
          events: events.map((event) => ({ ...event, type: event.id === 2 ? 'TaskScheduled' : event.type })),
        },
      ],
      { wrongHistories: 1 },
    ],
  ])('counts %s', (_, entries, executions, found) => {
    expect(crashVerdict(entries, executions)).toMatchObject(found);
  });
});
