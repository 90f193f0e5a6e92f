import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { sendFailure, sendSuccess } from '../shared/services/sfn.ts';
import { act, asAssumed, type Check, jobMinutes } from './check.ts';
import { callbackTask, carriedToken, endOfExecution, machineOf, startMachine } from './executions.ts';

export const redrive: Check = {
  name: 'redrive',
  assumes: 'a redriven task gets a new token and RedriveCount 1, and the old token stays closed',
  cost: jobMinutes(4) + 0.0001,
  async run(account) {
    const job = await account.makeJob({ name: 'redrive', does: 'succeeds', maxConcurrentRuns: 2 });
    const machine = await account.makeMachine('redrive', machineOf({ Job: callbackTask(job, { End: true }) }));
    const executionArn = await startMachine(account, machine);
    const first = await carriedToken(account, job);
    if (first === undefined) return act('no job run with a token came within two minutes');
    await sendFailure(account.sfn, first.token, 'Verify.Failed', 'asked to fail');
    const failed = (await endOfExecution(account, executionArn, 120)) ?? 'RUNNING';
    await account.sfn.send(new RedriveExecutionCommand({ executionArn }));
    const second = await carriedToken(account, job, first.token);
    if (second === undefined) return act(`${failed}; no new token within two minutes of the redrive`);
    const old = await sendSuccess(account.sfn, first.token, {});
    const told = await sendSuccess(account.sfn, second.token, {});
    const status = (await endOfExecution(account, executionArn, 120)) ?? 'RUNNING';
    const seen = `new token, RedriveCount ${second.redrives}; old token ${old}, new one ${told}; ${failed}, then ${status}`;
    const good = second.redrives === '1' && old === 'closed' && told === 'told' && status === 'SUCCEEDED';
    return good ? asAssumed(seen) : act(seen);
  },
};
