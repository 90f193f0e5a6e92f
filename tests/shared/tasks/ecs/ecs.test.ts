import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { failureOf } from '../../../../shared/services/service-error.ts';
import { ecs } from '../../../../shared/tasks/ecs/ecs.ts';
import type { EcsWork } from '../../../../shared/tasks/ecs/ecs-work.ts';
import type { Order } from '../../../../shared/tasks/kind/work-state.ts';
import { readWorkEvent } from '../../../../shared/tasks/kinds.ts';

const { runs } = ecs;
const stack = { name: 'test', outputBucket: 'out' };
const id = 'arn:aws:ecs:eu-west-1:111122223333:task/etl/a1173316d40a45dea9';
const work: EcsWork = {
  kind: 'ecs',
  definition: 'dbt:5',
  cluster: 'etl',
  container: 'main',
  command: ['run', 7],
  env: { DAY: '2026-11-20', LIMITS: { rows: 5 } },
  subnets: ['subnet-1'],
  securityGroups: [],
  publicIp: true,
  capacity: { launchType: 'FARGATE' },
  roles: [],
};
const order: Order<EcsWork> = { run: 'r1', task: 'models', attempt: 1, work, timeout: 90, since: 0, tried: 0 };

describe('a task begins', () => {
  test('with its container’s command and variables, and its network', () => {
    const { call, input } = runs.begin(order, stack);
    expect(call).toBe('ecs:RunTask');
    expect(input).toMatchObject({
      cluster: 'etl',
      taskDefinition: 'dbt:5',
      count: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' } },
    });
    const [container] = input.overrides.containerOverrides;
    expect(container).toMatchObject({ name: 'main', command: ['run', '7'] });
    expect(container?.environment).toEqual([
      { name: 'DAY', value: '2026-11-20' },
      { name: 'LIMITS', value: '{"rows":5}' },
      { name: 'GLUEWRIGHT_STACK', value: 'test' },
      { name: 'GLUEWRIGHT_RUN', value: 'r1' },
      { name: 'GLUEWRIGHT_TASK', value: 'models' },
      { name: 'GLUEWRIGHT_ATTEMPT', value: '1' },
      { name: 'GLUEWRIGHT_OUTPUT', value: 's3://out/outputs/r1/models-1.json' },
    ]);
  });

  test('with a token of its attempt, which also marks the task', () => {
    const { clientToken, startedBy } = runs.begin(order, stack).input;
    expect(startedBy).toMatch(/^gluewright-[a-z0-9]{25}$/);
    expect(clientToken).toBe(startedBy);
    expect(runs.begin({ ...order, tried: 99 }, stack).input.clientToken).toBe(clientToken);
    expect(runs.begin({ ...order, attempt: 2 }, stack).input.clientToken).not.toBe(clientToken);
    expect(runs.begin(order, { ...stack, name: 'other' }).input.clientToken).not.toBe(clientToken);
  });

  test('on a capacity provider, instead of a launch type', () => {
    const { input } = runs.begin({ ...order, work: { ...work, capacity: { provider: 'FARGATE_SPOT' } } }, stack);
    expect(input).toMatchObject({ capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] });
    expect(input).not.toHaveProperty('launchType');
  });

  test('without network settings and a command if the file has none', () => {
    const { input } = runs.begin({ ...order, work: { ...work, subnets: [], command: null } }, stack);
    expect(input).not.toHaveProperty('networkConfiguration');
    expect(input.overrides.containerOverrides[0]).not.toHaveProperty('command');
  });

  test.each([
    [{ reason: 'Capacity is unavailable at this time. Please try again later' }, 'refused'],
    [{ reason: 'RESOURCE:MEMORY', arn: 'an instance' }, 'refused'],
    [{ reason: 'AGENT' }, 'refused'],
    [{ reason: 'You’ve reached the limit on the number of vCPUs you can run concurrently' }, 'refused'],
    [{ reason: 'MISSING', detail: 'no such thing' }, 'fatal'],
    [{ reason: 'ATTRIBUTE' }, 'fatal'],
    [undefined, 'ambiguous'],
  ])('unless the answer has the failure %j, which is %s', (failure, kind) => {
    const begin = () => runs.begun({ tasks: [], failures: failure === undefined ? [] : [failure] });
    let thrown: unknown;
    try {
      begin();
    } catch (error) {
      thrown = error;
    }
    expect(failureOf(thrown).kind).toBe(kind);
    if (failure !== undefined) expect(failureOf(thrown).reason).toContain(failure.reason);
  });

  test('and takes its ARN as its id', () => {
    expect(runs.begun({ tasks: [{ taskArn: id }], failures: [] })).toBe(id);
  });
});

const exited = { lastStatus: 'STOPPED', desiredStatus: 'STOPPED', stopCode: 'EssentialContainerExited' };
const read = (task: object, of: EcsWork | undefined = work) =>
  runs.ask.read({ tasks: [task] }, { id, stack, ...(of === undefined ? {} : { work: of }) });

describe('reading ECS’s answers', () => {
  test.each([
    ['waits for its place', { lastStatus: 'PROVISIONING' }, { is: 'open', says: 'PROVISIONING' }],
    ['runs', { lastStatus: 'RUNNING', desiredStatus: 'RUNNING' }, { is: 'open', says: 'RUNNING' }],
    [
      'is stopping',
      { lastStatus: 'DEACTIVATING', desiredStatus: 'STOPPED' },
      { is: 'open', says: 'DEACTIVATING', stopping: true },
    ],
    ['has an unknown state', { lastStatus: 'PAUSED' }, { is: 'open', says: 'PAUSED' }],
    [
      'exited with 0',
      { ...exited, containers: [{ name: 'main', exitCode: 0 }] },
      { is: 'succeeded', says: 'EssentialContainerExited' },
    ],
    [
      'exited with another code',
      { ...exited, containers: [{ name: 'main', exitCode: 2, reason: 'out of memory' }] },
      { is: 'failed', says: 'EssentialContainerExited', message: 'main exited with 2: out of memory' },
    ],
    [
      'has a container that never began',
      { ...exited, stoppedReason: 'no image', containers: [{ name: 'main' }] },
      { is: 'failed', says: 'EssentialContainerExited', message: 'main has no exit code: no image' },
    ],
    [
      'was stopped, whatever its code',
      { ...exited, stopCode: 'UserInitiated', stoppedReason: 'by me', containers: [{ name: 'main', exitCode: 0 }] },
      { is: 'stopped', says: 'UserInitiated', message: 'by me' },
    ],
    [
      'failed to start',
      { ...exited, stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError' },
      { is: 'failed', says: 'TaskFailedToStart', message: 'CannotPullContainerError' },
    ],
    [
      'was interrupted, and exited with 0',
      { ...exited, stopCode: 'SpotInterruption', containers: [{ name: 'main', exitCode: 0 }] },
      { is: 'failed', says: 'SpotInterruption' },
    ],
    [
      'stopped for an unknown reason',
      { ...exited, stopCode: 'Moved', containers: [{ name: 'main', exitCode: 0 }] },
      { is: 'failed', says: 'Moved' },
    ],
    [
      'stopped without a reason',
      { lastStatus: 'STOPPED', containers: [{ name: 'main', exitCode: 0 }] },
      { is: 'succeeded', says: 'STOPPED' },
    ],
  ])('a task that %s', (_, task, state) => {
    expect(read(task)).toEqual({ id, state, times: {} });
  });

  const sidecar = { name: 'proxy', exitCode: 137 };

  test('only the exit code of the task’s container counts', () => {
    const containers = [sidecar, { name: 'main', exitCode: 0 }];
    expect(read({ ...exited, containers })).toMatchObject({ state: { is: 'succeeded' } });
  });

  test('each container must exit with 0 if the task’s is not among them', () => {
    const containers = [sidecar, { name: 'other', exitCode: 0 }];
    expect(read({ ...exited, containers })).toMatchObject({
      state: { is: 'failed', message: 'proxy exited with 137' },
    });
  });

  test('a task has times after its start', () => {
    const [createdAt, startedAt, stoppedAt] = [new Date(1_000), new Date(5_000), new Date(65_000)];
    expect(read({ lastStatus: 'PENDING', createdAt })).toMatchObject({ times: { startedOn: 1_000 } });
    expect(read({ ...exited, createdAt, startedAt, stoppedAt })).toMatchObject({
      times: { startedOn: 5_000, completedOn: 65_000, executionSeconds: 60 },
    });
  });

  test('a missing task is gone, but another failure says nothing about it', () => {
    expect(runs.ask.read({ tasks: [], failures: [{ reason: 'MISSING' }] }, { id, stack, work })).toBe('gone');
    expect(runs.ask.read({ tasks: [], failures: [{ reason: 'OTHER' }] }, { id, stack, work })).toBeUndefined();
  });

  test.each([
    [id, 'etl'],
    ['arn:aws:ecs:eu-west-1:111122223333:task/a1173316d40a45dea9', 'default'],
  ])('the calls for the task %s name the cluster %s', (arn, cluster) => {
    expect(runs.ask.call('dbt', arn).input).toEqual({ cluster, tasks: [arn] });
    expect(runs.stop.call('dbt', [arn]).input).toMatchObject({ cluster, task: arn });
  });
});

test('the documented event triggers a call that describes the task', () => {
  const event: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/events/ecs-stopped.json`, 'utf8'));
  expect(readWorkEvent(event)).toEqual({
    kind: 'ecs',
    name: 'dbt',
    id,
    state: { is: 'succeeded', says: 'EssentialContainerExited' },
  });
  expect(runs.name(work)).toBe('dbt');
  expect(runs.event.onlyAsks).toBe(true);
});

test('a task has a page in the console', () => {
  expect(runs.shows.page('dbt', id, 'eu-west-1')).toBe(
    'https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/etl/tasks/a1173316d40a45dea9/configuration?region=eu-west-1',
  );
});

test.each([
  ['dbt', 'task-definition/dbt:*'],
  ['dbt:5', 'task-definition/dbt:5'],
])('the definition %s has the ARN %s', (name, tail) => {
  expect(ecs.things['task-definition'].resource(name)).toBe(tail);
});

const subnets = 'subnet-0a1b';
test.each([
  [{ ecs: 'dbt', subnets }, []],
  [
    { ecs: 'dbt:5', subnets: [subnets], roles: ['a', 'arn:aws:iam::111122223333:role/x/b'], env: { A: "{% 'b' %}" } },
    [],
  ],
  [{ ecs: 'dbt', launchType: 'EC2' }, []],
  [{ ecs: 'dbt' }, ['a task on Fargate needs `subnets`']],
  [{ ecs: 'dbt', capacityProvider: 'FARGATE_SPOT' }, ['a task on Fargate needs `subnets`']],
  [{ ecs: 'dbt', launchType: 'EC2', publicIp: true }, ['`publicIp` needs `subnets`']],
  [{ ecs: 'dbt', subnets: 'private-a' }, ['the id of a subnet']],
  [{ ecs: 'a:b', subnets }, ['the name of a task definition']],
  [{ ecs: 'dbt', subnets, env: { GLUEWRIGHT_RUN: 'x' } }, ['one of Gluewright’s own variables']],
  [{ ecs: 'dbt', subnets, environment: { A: 'b' } }, ['write `env: { NAME: VALUE }`']],
  [{ runTask: 'dbt', subnets }, ['ecs']],
])('%j in a file', (task, said) => {
  const { problems } = readPipelineValue({ pipeline: 'p', tasks: { q: task } }, 'p.yml');
  const messages = problems.map(({ message, remedy }) => `${message}: ${remedy}`);
  if (said.length === 0) expect(messages).toEqual([]);
  for (const word of said) expect(messages.join('\n')).toContain(word);
});
