import { expect, test } from 'vitest';
import { advanceTask } from '../../../../shared/runs/task/advance-task.ts';
import { jobState } from '../../../../shared/tasks/glue-job/job-run.ts';
import { callOf } from '../../world/world.ts';

const moment = { now: 0, random: 0 };

/** Its job has failed, possibly without its state's knowledge: the invocation that started it was lost. */
function failedUntold(attempts: number) {
  const called = advanceTask(undefined, { is: 'call', call: callOf('first', { attempts }) }, moment).record;
  const started = advanceTask(called, { is: 'started', attempt: 1, id: 'jr_1' }, moment).record;
  return advanceTask(started, { is: 'work', id: 'jr_1', state: jobState('FAILED', undefined) }, moment).record;
}

test.each([
  ['gets the failure if its attempts are used up', 1, 1, 'deliver'],
  ['starts the next attempt if one is left', 2, 2, 'begin'],
])('a state that calls again after a possibly undelivered failure %s', (_, attempts, number, does) => {
  const step = advanceTask(failedUntold(attempts), { is: 'call', call: callOf('second', { attempts }) }, moment);
  expect(step.record?.attempt).toMatchObject({ number, token: 'second' });
  expect(step.effects.map((effect) => effect.do)).toEqual([does]);
});
