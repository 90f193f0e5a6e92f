import { DescribeExecutionCommand, GetExecutionHistoryCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { JsonObject } from '../shared/json.ts';
import type { Account } from './account.ts';
import { awaitTrue } from './await-true.ts';
import { jobRunsOf, type KnownJobRun } from './job-runs.ts';

/** A task that waits for a callback. The job run that it starts has the token in its arguments. */
export function callbackTask(job: string, next: JsonObject): JsonObject {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:glue:startJobRun.waitForTaskToken',
    Arguments: {
      JobName: job,
      Arguments: {
        '--verify_token': '{% $states.context.Task.Token %}',
        '--verify_redrives': '{% $string($states.context.Execution.RedriveCount) %}',
      },
    },
    TimeoutSeconds: 1_200,
    ...next,
  };
}

export function machineOf(states: { readonly [name: string]: JsonObject }): JsonObject {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0] ?? '', States: states, TimeoutSeconds: 1_800 };
}

/** @returns its ARN */
export async function startMachine({ sfn }: Account, stateMachineArn: string): Promise<string> {
  const { executionArn = '' } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
  return executionArn;
}

export async function statusOf({ sfn }: Account, executionArn: string): Promise<string> {
  return (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status ?? '';
}

/** Undefined: the execution still runs. */
export function endOfExecution(account: Account, executionArn: string, seconds: number): Promise<string | undefined> {
  return awaitTrue(account, seconds, async () => {
    const status = await statusOf(account, executionArn);
    return status === 'RUNNING' ? undefined : status;
  });
}

/** The types of the execution's events, in order. */
export async function historyOf({ sfn }: Account, executionArn: string): Promise<string[]> {
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  return events.map(({ type }) => type ?? '');
}

export type Carried = { readonly token: string; readonly redrives: string; readonly run: KnownJobRun };

/** The token of the newest job run of a {@link callbackTask}, other than `not`. */
export function carriedToken(account: Account, job: string, not?: string): Promise<Carried | undefined> {
  return awaitTrue(account, 120, async () => {
    const [run] = await jobRunsOf(account, job);
    const token = run?.arguments['--verify_token'];
    if (run === undefined || token === undefined || token === not) return undefined;
    return { token, redrives: run.arguments['--verify_redrives'] ?? '', run };
  });
}
