import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { act, asAssumed, type Check } from './check.ts';
import { endOfExecution, historyOf, machineOf, startMachine } from './executions.ts';

/**
 * The task closes its own token: Step Functions gets the outcome before it has the answer of its call. The same happens
 * when a job run settles while `start-task` still runs.
 */
export const earlyCallback: Check = {
  name: 'early-callback',
  assumes: 'SendTaskSuccess before TaskSubmitted is recorded ends the task',
  cost: 0.0001,
  async run(account) {
    const machine = await account.makeMachine(
      'early',
      machineOf({
        Early: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:sfn:sendTaskSuccess.waitForTaskToken',
          Arguments: { TaskToken: '{% $states.context.Task.Token %}', Output: '{}' },
          TimeoutSeconds: 120,
          End: true,
        },
      }),
    );
    const execution = await startMachine(account, machine);
    const status = (await endOfExecution(account, execution, 180)) ?? 'RUNNING';
    const task = (await historyOf(account, execution)).filter((type) => type.startsWith('Task'));
    const seen = `${status}: ${task.join(', ')}`;
    if (status === 'SUCCEEDED') return asAssumed(seen);
    if (status === 'RUNNING') await account.sfn.send(new StopExecutionCommand({ executionArn: execution }));
    return act(seen);
  },
};
