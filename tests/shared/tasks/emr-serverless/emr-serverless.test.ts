import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { type EmrServerlessWork, emrServerless } from '../../../../shared/tasks/emr-serverless/emr-serverless.ts';
import type { Order } from '../../../../shared/tasks/kind/work-state.ts';
import { readWorkEvent } from '../../../../shared/tasks/kinds.ts';

const { runs } = emrServerless;
const stack = { name: 'test', outputBucket: 'out' };
const role = 'arn:aws:iam::111122223333:role/etl/spark';
const work: EmrServerlessWork = {
  kind: 'emr-serverless',
  application: '00f1982r1uukb925',
  role,
  script: 's3://code/load.py',
  hive: null,
  args: ['--day', 7],
  parameters: '--conf spark.executor.memory=8g',
  overrides: null,
};
const order: Order<EmrServerlessWork> = {
  ...{ run: 'r1', task: 'load', attempt: 1, work },
  ...{ timeout: 601, since: 0, tried: 0 },
};

test('a job run starts with its attempt’s token, its arguments as strings, and the address of its output', () => {
  const { call, input } = runs.begin(order, stack);
  expect(call).toBe('emr-serverless:StartJobRun');
  expect(input).toEqual({
    applicationId: '00f1982r1uukb925',
    executionRoleArn: role,
    clientToken: expect.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
    name: 'r1/load/1',
    jobDriver: {
      sparkSubmit: {
        entryPoint: 's3://code/load.py',
        entryPointArguments: ['--day', '7'],
        sparkSubmitParameters:
          '--conf spark.executor.memory=8g ' +
          '--conf spark.emr-serverless.driverEnv.GLUEWRIGHT_OUTPUT=s3://out/outputs/r1/load-1.json',
      },
    },
    executionTimeoutMinutes: 11,
  });
});

test('each try of an attempt has the same token, and other attempts and stacks have other tokens', () => {
  const { clientToken } = runs.begin(order, stack).input;
  expect(runs.begin({ ...order, tried: 99 }, stack).input.clientToken).toBe(clientToken);
  expect(runs.begin({ ...order, attempt: 2 }, stack).input.clientToken).not.toBe(clientToken);
  expect(runs.begin(order, { ...stack, name: 'other' }).input.clientToken).not.toBe(clientToken);
});

test('Hive gets its queries and parameters, and the call has the overrides', () => {
  const monitoringConfiguration = { s3MonitoringConfiguration: { logUri: 's3://logs/' } };
  const hive = { ...work, script: null, hive: 's3://code/totals.sql', args: [], parameters: '--hivevar day=7' };
  const { input } = runs.begin({ ...order, work: { ...hive, overrides: { monitoringConfiguration } } }, stack);
  expect(input.jobDriver).toEqual({ hive: { query: 's3://code/totals.sql', parameters: '--hivevar day=7' } });
  expect(input.configurationOverrides).toEqual({ monitoringConfiguration });
});

test.each([
  ['SUBMITTED', { is: 'open', says: 'SUBMITTED' }],
  ['QUEUED', { is: 'open', says: 'QUEUED' }],
  ['PENDING', { is: 'open', says: 'PENDING' }],
  ['SCHEDULED', { is: 'open', says: 'SCHEDULED' }],
  ['RUNNING', { is: 'open', says: 'RUNNING' }],
  ['CANCELLING', { is: 'open', says: 'CANCELLING', stopping: true }],
  ['FAILED', { is: 'failed', says: 'FAILED', message: 'why' }],
  ['CANCELLED', { is: 'stopped', says: 'CANCELLED', message: 'why' }],
  ['SUCCESS', { is: 'succeeded', says: 'SUCCESS' }],
  ['HIBERNATING', { is: 'open', says: 'HIBERNATING' }],
])('a job run that is %s', (state, expected) => {
  const answer = { jobRun: { state, stateDetails: 'why' } };
  expect(runs.ask.read(answer, { id: 'j1', stack })).toEqual({ id: 'j1', state: expected, times: {} });
});

test('a successful job run reports its billed use, and when it ran', () => {
  const jobRun = {
    state: 'SUCCESS',
    createdAt: new Date(1_000),
    startedAt: new Date(61_000),
    endedAt: new Date(121_000),
    totalExecutionDurationSeconds: 58,
    billedResourceUtilization: { vCPUHour: 0.5, memoryGBHour: 2, storageGBHour: 0 },
  };
  expect(runs.ask.read({ jobRun }, { id: 'j1', stack })).toEqual({
    id: 'j1',
    state: {
      is: 'succeeded',
      says: 'SUCCESS',
      message: 'billed: 0.5 vCPU hours, 2 GB hours of memory, 0 GB hours of storage',
    },
    times: { startedOn: 61_000, completedOn: 121_000, executionSeconds: 58 },
  });
});

test('the documented event ends the job run', () => {
  const event: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/events/job-run-success.json`, 'utf8'));
  expect(readWorkEvent(event)).toEqual({
    kind: 'emr-serverless',
    name: '00f1982r1uukb925',
    id: '00f1cbn5g4bb0c01',
    state: { is: 'succeeded', says: 'SUCCESS' },
  });
});

const right = { 'emr-serverless': '00f1982r1uukb925', role };

test.each([
  [{ ...right, script: 's3://code/load.py' }, []],
  [{ ...right, script: '{% $run.id %}', args: ['a'], timeout: '7d' }, []],
  [{ ...right, hive: 's3://code/q.sql' }, []],
  [right, ['neither `script` nor `hive`']],
  [{ ...right, script: 's3://code/load.py', hive: 's3://code/q.sql' }, ['exclude each other']],
  [{ ...right, hive: 's3://code/q.sql', args: [1] }, ['--hivevar']],
  [{ ...right, script: 'jobs/load.py' }, ['upload the file']],
  [{ ...right, script: 's3://code/load.py', timeout: '8d' }, ['7 days']],
  [{ ...right, script: 's3://code/load.py', overrides: [1] }, ['`overrides` is not an object']],
  [{ ...right, script: 's3://code/load.py', overrides: 'logs' }, ['`overrides` is not an object']],
  [{ ...right, script: 's3://code/load.py', overrides: '{% {} %}' }, []],
  [{ ...right, script: 's3://code/load.py', role: 'spark' }, ['the ARN of a role']],
  [{ ...right, 'emr-serverless': 'my app', script: 's3://code/load.py' }, ['the id of an application']],
  [{ ...right, entryPoint: 's3://code/load.py' }, ['script: ADDRESS']],
  [{ emrServerlessJob: '00f1982r1uukb925', role, script: 's3://code/load.py' }, ['emr-serverless']],
])('%j in a file', (task, said) => {
  const { problems } = readPipelineValue({ pipeline: 'p', runs: { deadline: '7d' }, tasks: { load: task } }, 'p.yml');
  const messages = problems.map(({ message, remedy }) => `${message}: ${remedy}`);
  if (said.length === 0) expect(messages).toEqual([]);
  for (const word of said) expect(messages.join('\n')).toContain(word);
});
