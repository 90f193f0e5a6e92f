import { expect, test } from 'vitest';
import type { FailureDetails } from '../../../../local/engine/frames/failed-try.ts';
import { matchesError, mayRetry } from '../../../../local/engine/run/matches-error.ts';

type Row = readonly [failure: FailureDetails, names: string, caught: boolean, retried: boolean];

const rows: readonly Row[] = [
  [{ error: 'Custom' }, 'Custom', true, true],
  [{ error: 'Custom' }, 'custom', false, false],
  [{ error: 'Custom' }, 'States.TaskFailed', true, true],
  [{ error: 'Custom' }, 'States.ALL', true, true],
  [{}, 'States.ALL', true, true],
  [{}, 'States.Runtime', false, false],
  [{ error: 'States.Timeout' }, 'States.TaskFailed', false, false],
  [{ error: 'States.Timeout' }, 'States.ALL', true, true],
  [{ error: 'States.Timeout', alias: 'States.HeartbeatTimeout' }, 'States.HeartbeatTimeout', true, true],
  [{ error: 'States.Timeout' }, 'States.HeartbeatTimeout', false, false],
  [{ error: 'States.Runtime' }, 'States.ALL', false, false],
  [{ error: 'States.Runtime' }, 'States.TaskFailed', false, false],
  [{ error: 'States.Runtime' }, 'States.Runtime', true, false],
  [{ error: 'States.DataLimitExceeded' }, 'States.ALL', false, false],
  [{ error: 'States.DataLimitExceeded' }, 'States.TaskFailed', false, false],
  [{ error: 'States.DataLimitExceeded' }, 'States.DataLimitExceeded', true, true],
];

test.each(rows)('%o: %s catches it: %s; retries it: %s', (failure, name, caught, retried) => {
  expect([matchesError([name], failure), mayRetry([name], failure)]).toEqual([caught, retried]);
});
