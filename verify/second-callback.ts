import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { failureOf } from '../shared/services/service-error.ts';
import { type Delivery, sendSuccess } from '../shared/services/sfn.ts';
import type { Account } from './account.ts';
import { act, asAssumed, type Check, harmless, jobMinutes } from './check.ts';
import { callbackTask, carriedToken, endOfExecution, machineOf, startMachine } from './executions.ts';

export const secondCallback: Check = {
  name: 'second-callback',
  assumes:
    'startJobRun.waitForTaskToken hands a token over; a second callback is refused as TaskTimedOut or TaskDoesNotExist',
  cost: jobMinutes(2) + 0.0001,
  async run(account) {
    const job = await account.makeJob({ name: 'callback', does: 'succeeds', maxConcurrentRuns: 1 });
    const machine = await account.makeMachine(
      'callback',
      // the execution goes on for a while, because a token may have another error while it runs
      machineOf({ Job: callbackTask(job, { Next: 'Rest' }), Rest: { Type: 'Wait', Seconds: 30, End: true } }),
    );
    const execution = await startMachine(account, machine);
    const carried = await carriedToken(account, job);
    if (carried === undefined) return act('no job run with a token came within two minutes');
    const { token } = carried;
    const first = await sendSuccess(account.sfn, token, {});
    const running = await again(account, token);
    const status = (await endOfExecution(account, execution, 180)) ?? 'RUNNING';
    const ended = await again(account, token);
    const seen =
      `token of ${token.length} characters; first ${first}, ${status}; ` +
      `second: ${running.name} while it runs, ${ended.name} after`;
    const both: readonly Delivery[] = [running.delivery, ended.delivery];
    if (first !== 'told' || status !== 'SUCCEEDED' || both.includes('later')) return act(seen);
    return both.includes('told') ? harmless(seen) : asAssumed(seen);
  },
};

/** The error's name, and what the code makes of it. */
async function again({ sfn }: Account, taskToken: string): Promise<{ name: string; delivery: Delivery }> {
  const delivery = await sendSuccess(sfn, taskToken, {});
  try {
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    return { name: 'taken', delivery };
  } catch (error) {
    return { name: failureOf(error).name, delivery };
  }
}
