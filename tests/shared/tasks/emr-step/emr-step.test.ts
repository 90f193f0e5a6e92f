import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { stepNameOf } from '../../../../shared/tasks/emr-step/add-step.ts';
import { emrStep } from '../../../../shared/tasks/emr-step/emr-step.ts';
import type { EmrStepWork } from '../../../../shared/tasks/emr-step/emr-step-work.ts';
import type { Order } from '../../../../shared/tasks/kind/work-state.ts';
import { readWorkEvent } from '../../../../shared/tasks/kinds.ts';

const { runs } = emrStep;
const stack = { name: 'test', outputBucket: 'out' };
const work: EmrStepWork = {
  ...{ kind: 'emr-step', cluster: 'j-1', jar: 'command-runner.jar', main: null, onFailure: 'CONTINUE' },
  args: ['spark-submit', 's3://code/load.py', 7],
};
const order: Order<EmrStepWork> = {
  ...{ run: 'r1', task: 'load', attempt: 1, work },
  ...{ timeout: 600, since: 1_000_000, tried: 1_000_000 },
};

test('spark-submit gets the address for the script’s output', () => {
  expect(runs.begin(order, stack)).toEqual({
    call: 'elasticmapreduce:AddJobFlowSteps',
    input: {
      JobFlowId: 'j-1',
      Steps: [
        {
          Name: expect.stringMatching(/^gluewright [0-9a-z]{25} r1\/load\/1$/),
          ActionOnFailure: 'CONTINUE',
          HadoopJarStep: {
            Jar: 'command-runner.jar',
            Args: [
              ...['spark-submit', '--conf', 'spark.gluewright.output=s3://out/outputs/r1/load-1.json'],
              ...['s3://code/load.py', '7'],
            ],
          },
        },
      ],
    },
  });
});

test('other commands and JARs get only their own arguments', () => {
  const jar: EmrStepWork = { ...work, jar: 's3://code/load.jar', main: 'com.example.Load', args: ['spark-submit'] };
  expect(runs.begin({ ...order, work: jar }, stack).input.Steps).toMatchObject([
    { HadoopJarStep: { Jar: 's3://code/load.jar', MainClass: 'com.example.Load', Args: ['spark-submit'] } },
  ]);
  const shell: EmrStepWork = { ...work, args: ['hive-script', { a: 1 }] };
  expect(runs.begin({ ...order, work: shell }, stack).input.Steps).toMatchObject([
    { HadoopJarStep: { Args: ['hive-script', '{"a":1}'] } },
  ]);
});

test('steps of other attempts, runs and stacks have other names, of 256 characters at most', () => {
  const names = [
    stepNameOf(order, stack),
    stepNameOf({ ...order, attempt: 2 }, stack),
    stepNameOf({ ...order, run: 'r2' }, stack),
    stepNameOf(order, { ...stack, name: 'other' }),
    stepNameOf({ ...order, run: 'x'.repeat(300) }, stack),
  ];
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name.length).toBeLessThanOrEqual(256);
});

test('after a start without an answer, the step is found by its name, from the attempt’s start on', () => {
  const step = (Id: string, Name: string, created: number) => {
    const Timeline = { CreationDateTime: new Date(created) };
    return { Id, Name, Status: { State: 'PENDING', Timeline } };
  };
  const [ours, young, old] = [stepNameOf(order, stack), 990_000, 1_000];
  expect(runs.find.call(order, 'page')).toEqual({
    call: 'elasticmapreduce:ListSteps',
    input: { ClusterId: 'j-1', Marker: 'page' },
  });
  const found = {
    id: 'b',
    state: { is: 'open', says: 'PENDING' },
    times: { startedOn: young },
  };
  const Steps = [step('a', 'another', young), step('b', ours, young)];
  expect(runs.find.read({ Steps, Marker: 'next' }, order, stack)).toEqual({ items: [found], next: 'next' });
  const older = [...Steps, step('c', ours, old)];
  expect(runs.find.read({ Steps: older, Marker: 'next' }, order, stack)).toEqual({ items: [found] });
});

test.each([
  ['PENDING', { is: 'open', says: 'PENDING' }],
  ['RUNNING', { is: 'open', says: 'RUNNING' }],
  ['CANCEL_PENDING', { is: 'open', says: 'CANCEL_PENDING', stopping: true }],
  ['COMPLETED', { is: 'succeeded', says: 'COMPLETED' }],
  ['CANCELLED', { is: 'stopped', says: 'CANCELLED', message: 'Exit 1; boom; log: s3://logs/stderr.gz' }],
  ['FAILED', { is: 'failed', says: 'FAILED', message: 'Exit 1; boom; log: s3://logs/stderr.gz' }],
  ['INTERRUPTED', { is: 'failed', says: 'INTERRUPTED', message: 'Exit 1; boom; log: s3://logs/stderr.gz' }],
  ['PAUSED', { is: 'open', says: 'PAUSED' }],
])('a step that is %s', (State, state) => {
  const FailureDetails = { Reason: 'Exit 1', Message: 'boom', LogFile: 's3://logs/stderr.gz' };
  const Step = { Id: 's1', Status: { State, FailureDetails } };
  expect(runs.ask.read({ Step })).toEqual({ id: 's1', state, times: {} });
});

test('a step reports when it ran', () => {
  const Timeline = {
    CreationDateTime: new Date(1_000),
    StartDateTime: new Date(61_000),
    EndDateTime: new Date(63_500),
  };
  expect(runs.ask.read({ Step: { Id: 's1', Status: { State: 'COMPLETED', Timeline } } })).toMatchObject({
    times: { startedOn: 61_000, completedOn: 63_500, executionSeconds: 2.5 },
  });
});

test('the documented event ends the step', () => {
  const event: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/events/step-failed.json`, 'utf8'));
  expect(readWorkEvent(event)).toEqual({
    ...{ kind: 'emr-step', name: 'j-123456789ABCD', id: 's-ZYXWVUTSRQPON' },
    state: {
      is: 'failed',
      says: 'FAILED',
      message: 'Step s-ZYXWVUTSRQPON in Amazon EMR cluster j-123456789ABCD failed at 2026-11-20 05:53 UTC.',
    },
  });
});

const spark = { args: ['spark-submit', 's3://code/load.py'] };

test.each([
  [{ 'emr-step': 'j-123456789ABCD', ...spark }, []],
  [{ 'emr-step': 'j-123456789ABCD', jar: 's3://code/load.jar', main: 'com.example.Load' }, []],
  [{ 'emr-step': 'j-123456789ABCD', ...spark, onFailure: 'CANCEL_AND_WAIT' }, []],
  [{ 'emr-step': 'j-123456789ABCD' }, ['neither a command']],
  [{ 'emr-step': 'j-123456789ABCD', ...spark, main: 'Load' }, ['`main` needs `jar`']],
  [{ 'emr-step': 'etl', ...spark }, ['the id of a cluster']],
  [{ 'emr-step': 'j-123456789ABCD', ...spark, onFailure: 'STOP' }, ['TERMINATE_CLUSTER']],
  [{ 'emr-step': 'j-123456789ABCD', ...spark, actionOnFailure: 'CONTINUE' }, ['onFailure: CONTINUE']],
  [{ emr: 'j-123456789ABCD', ...spark }, ['emr-step: j-123456789ABCD']],
])('%j in a file', (task, said) => {
  const { problems } = readPipelineValue({ pipeline: 'p', tasks: { load: task } }, 'p.yml');
  const messages = problems.map(({ message, remedy }) => `${message}: ${remedy}`);
  if (said.length === 0) expect(messages).toEqual([]);
  for (const word of said) expect(messages.join('\n')).toContain(word);
});
