import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Json } from '../json.ts';
import type { CatalogEntry } from './catalog.ts';
import { failureOf, isDenied, mayPass } from './service-error.ts';

/** `told`: taken. `closed`: the token had closed before. `later`: Step Functions did not take it now. */
export type Delivery = 'told' | 'closed' | 'later';

export function sendSuccess(sfn: SFNClient, taskToken: string, output: Json): Promise<Delivery> {
  return deliver(() => sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })));
}

export function sendFailure(sfn: SFNClient, taskToken: string, error: string, cause: string): Promise<Delivery> {
  return deliver(() => sfn.send(new SendTaskFailureCommand({ taskToken, error, cause })));
}

/** The task no longer waits, or never did: repeating the call does not help. */
const closed: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken', 'InvalidOutput']);

async function deliver(send: () => Promise<unknown>): Promise<Delivery> {
  try {
    await send();
    return 'told';
  } catch (error) {
    return closed.has(failureOf(error).name) ? 'closed' : 'later';
  }
}

/** `there`: an execution of this name exists. It is ours, since the run's id was claimed before. */
export type Launch =
  | { readonly is: 'there'; readonly executionArn: string }
  | { readonly is: 'later' }
  | { readonly is: 'refused'; readonly error: string; readonly cause: string; readonly mayPass: boolean };

export async function startExecution(
  sfn: SFNClient,
  { stateMachineArn, alias }: Pick<CatalogEntry, 'stateMachineArn' | 'alias'>,
  name: string,
  input: string,
): Promise<Launch> {
  const started = alias === undefined ? stateMachineArn : `${stateMachineArn}:${alias}`;
  try {
    const answer = await sfn.send(new StartExecutionCommand({ stateMachineArn: started, name, input }));
    return { is: 'there', executionArn: answer.executionArn ?? executionArnOf(stateMachineArn, name) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.name === 'ExecutionAlreadyExists')
      return { is: 'there', executionArn: executionArnOf(stateMachineArn, name) };
    if (failure.kind !== 'fatal') return { is: 'later' };
    return { is: 'refused', error: failure.name, cause: failure.reason, mayPass: mayPass(failure) };
  }
}

export function executionArnOf(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** `gone`: there is no such execution, or not yet. `denied`: the role may not ask. */
export async function askExecution(
  sfn: SFNClient,
  executionArn: string,
): Promise<DescribeExecutionCommandOutput | 'gone' | 'later' | { readonly denied: string }> {
  try {
    return await sfn.send(new DescribeExecutionCommand({ executionArn }));
  } catch (error) {
    const failure = failureOf(error);
    if (isDenied(failure)) return { denied: failure.reason };
    return failure.name === 'ExecutionDoesNotExist' ? 'gone' : 'later';
  }
}

/** Whether Step Functions took the stop. An execution that has ended or never existed counts as stopped. */
export async function stopExecution(sfn: SFNClient, executionArn: string, cause: string): Promise<boolean> {
  try {
    await sfn.send(new StopExecutionCommand({ executionArn, error: 'Gluewright.Stopped', cause }));
    return true;
  } catch (error) {
    return failureOf(error).name === 'ExecutionDoesNotExist';
  }
}
