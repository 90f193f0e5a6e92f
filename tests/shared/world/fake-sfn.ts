import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { Meddle } from './world.ts';

const $metadata = { httpStatusCode: 400 };

export type Told = { readonly output?: unknown; readonly error?: string; readonly cause?: string };
export type FakeExecution = { readonly arn: string; readonly name: string; readonly input: unknown; status: string };

/** Step Functions as the functions see it: tokens that can be answered once, and executions by name. */
export class FakeSfn {
  readonly client = new SFNClient({ region: 'eu-west-1', maxAttempts: 1 });
  readonly mock = mockClient(this.client);
  /** Undefined: it waits. */
  readonly tokens = new Map<string, Told | undefined>();
  readonly executions: FakeExecution[] = [];

  constructor(meddle: Meddle) {
    this.mock
      .on(SendTaskSuccessCommand)
      .callsFake(({ taskToken, output }) =>
        meddle('sfn.success', () => this.#answer(taskToken, { output: JSON.parse(output) })),
      );
    this.mock
      .on(SendTaskFailureCommand)
      .callsFake(({ taskToken, error, cause }) =>
        meddle('sfn.failure', () => this.#answer(taskToken, { error, cause })),
      );
    this.mock.on(StartExecutionCommand).callsFake(({ stateMachineArn, name, input }) =>
      meddle('sfn.start', () => {
        const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
        const known = this.executions.find((execution) => execution.arn === arn);
        if (known === undefined) this.executions.push({ arn, name, input: JSON.parse(input), status: 'RUNNING' });
        else if (known.status !== 'RUNNING' || JSON.stringify(known.input) !== input) {
          throw new ExecutionAlreadyExists({ message: 'exists', $metadata });
        }
        return { executionArn: arn, startDate: new Date(0) };
      }),
    );
    this.mock
      .on(DescribeExecutionCommand)
      .callsFake(({ executionArn }) =>
        meddle('sfn.describe', () => ({ status: this.#execution(executionArn).status, executionArn })),
      );
    this.mock.on(StopExecutionCommand).callsFake(({ executionArn }) =>
      meddle('sfn.stop', () => {
        const execution = this.#execution(executionArn);
        if (execution.status === 'RUNNING') execution.status = 'ABORTED';
        return { stopDate: new Date(0) };
      }),
    );
  }

  #answer(token: string, told: Told) {
    if (!this.tokens.has(token) || this.tokens.get(token) !== undefined) {
      throw new TaskTimedOut({ message: 'Task Timed Out', $metadata });
    }
    this.tokens.set(token, told);
    return {};
  }

  #execution(arn: string): FakeExecution {
    const execution = this.executions.find((other) => other.arn === arn);
    if (execution === undefined) throw new ExecutionDoesNotExist({ message: 'none', $metadata });
    return execution;
  }
}
