import { describe, expect, test } from 'vitest';
import type { Functions } from '../../../local/lambda/functions.ts';
import type { Service } from '../../../local/service/service.ts';
import { ServiceError } from '../../../local/service/service-error.ts';
import { stackNames } from '../../../local/stack/account.ts';
import { createTaskRunner } from '../../../local/stack/task-runner.ts';

class Unlucky extends Error {
  override readonly name = 'Gluewright.Unavailable';
}

const functions: Functions = {
  async invoke(name, event) {
    if (name === 'signal') throw new Unlucky('not now');
    return { name, event };
  },
  close: async () => {},
  abandon: () => {},
};
const glue: Service = {
  operations: {
    StartJobRun: async (input) => ({ JobRunId: 'jr_1', input }),
    GetJobRun: async () => {
      throw new ServiceError('EntityNotFoundException', 'no such run');
    },
    GetJobs: async () => {
      throw new ServiceError('Throttled', 'slowly');
    },
  },
};

const sfn: Service = {
  operations: { StartExecution: async (input) => ({ executionArn: 'arn', given: input }) },
};

const names = stackNames('local');
const runner = createTaskRunner({
  functions: () => functions,
  functionName: names.functionName,
  jobs: () => ({
    async runToEnd(key, _input, started) {
      started(`jr_${key}`);
      return { Id: `jr_${key}`, JobRunState: 'FAILED', StartedOn: 5 };
    },
    stopByKey: () => {},
  }),
  works: {
    runToEnd: async (kind, name, input) => ({
      ...{ id: 'w', kind, name, ordinal: 1, input, startedOn: 0 },
      ...(name === 'sns:publish' ? { state: 'failed', message: 'no topic' } : { state: 'succeeded', output: { kind } }),
    }),
    isKnown: (_, name) => name === 'sns:publish' || name === 's3:copyObject',
    stopByKey: () => {},
  },
  services: () => ({ glue, sfn, eventbridge: { operations: { PutEvents: async () => ({ FailedEntryCount: 0 }) } } }),
});

function run(resource: string, input: unknown): Promise<unknown> {
  const call = { resource, arguments: input, executionArn: 'arn', stateName: 's', taskToken: 't', submitted: () => {} };
  return runner.run(call);
}

describe('a Task state', () => {
  const wrapped = { ExecutedVersion: '$LATEST', StatusCode: 200, SdkHttpMetadata: { HttpStatusCode: 200 } };
  const invoke = 'arn:aws:states:::lambda:invoke';
  const results: [string, string, unknown, unknown][] = [
    [
      'invokes a function by its ARN',
      invoke,
      { FunctionName: names.functionArn('start-task'), Payload: { a: 1 } },
      { ...wrapped, Payload: { name: 'start-task', event: { a: 1 } } },
    ],
    [
      'invokes a function by its name, to wait for a token',
      `${invoke}.waitForTaskToken`,
      { FunctionName: 'local-finish-run', Payload: null },
      { ...wrapped, Payload: { name: 'finish-run', event: {} } },
    ],
    [
      'invokes a function that is the resource',
      `${names.functionArn('start-task')}:$LATEST`,
      5,
      { name: 'start-task', event: 5 },
    ],
    [
      'calls a service',
      'arn:aws:states:::aws-sdk:glue:startJobRun',
      { JobName: 'x' },
      { JobRunId: 'jr_1', input: { JobName: 'x' } },
    ],
    [
      'calls Step Functions by fields with capitals',
      'arn:aws:states:::aws-sdk:sfn:startExecution',
      { StateMachineArn: 'x', Tags: [{ Key: 'k' }] },
      { ExecutionArn: 'arn', Given: { StateMachineArn: 'x', Tags: [{ Key: 'k' }] } },
    ],
    ['has an action of the SDK replaced', 'arn:aws:states:::aws-sdk:s3:copyObject', { Bucket: 'x' }, { kind: 'aws' }],
    ['puts events', 'arn:aws:states:::events:putEvents', { Entries: [] }, { FailedEntryCount: 0 }],
  ];
  test.each(results)('%s', async (_name, resource, input, expected) => {
    expect(await run(resource, input)).toEqual(expected);
  });

  const failures: [string, string, unknown, string, string][] = [
    [
      'fails with the error that the function throws, as Lambda tells it',
      invoke,
      { FunctionName: 'local-signal' },
      'Gluewright.Unavailable',
      '{"errorType":"Gluewright.Unavailable","errorMessage":"not now"}',
    ],
    [
      'fails when there is no such function',
      invoke,
      { FunctionName: 'x' },
      'Lambda.ResourceNotFoundException',
      'Function not found: x',
    ],
    ['fails without a function', invoke, {}, 'States.Runtime', 'lambda:invoke needs a FunctionName'],
    [
      'names a service’s error after the service',
      'arn:aws:states:::aws-sdk:glue:getJobRun',
      {},
      'Glue.EntityNotFoundException',
      'no such run',
    ],
    [
      'with a name that ends in Exception',
      'arn:aws:states:::aws-sdk:glue:getJobs',
      {},
      'Glue.ThrottledException',
      'slowly',
    ],
    [
      'fails for an unsupported operation',
      'arn:aws:states:::sqs:sendMessage',
      {},
      'States.Runtime',
      'sqs:sendMessage is not supported by the embedded runtime',
    ],
    [
      'fails so that the state may catch it for an unsupported action of the SDK',
      'arn:aws:states:::aws-sdk:sqs:sendMessage',
      {},
      'States.TaskFailed',
      'sqs:sendMessage is not supported by the embedded runtime: give its task a `local:` replacement',
    ],
    [
      'fails with what replaces an action of the SDK',
      'arn:aws:states:::aws-sdk:sns:publish',
      { Message: 'x' },
      'States.TaskFailed',
      'no topic',
    ],
  ];
  test.each(failures)('%s', async (_name, resource, input, error, failureCause) => {
    await expect(run(resource, input)).rejects.toMatchObject({ error, failureCause });
  });
});
