import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import { account, region } from '../service/account.ts';
import { parseInput } from '../service/parse-input.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Counterpart } from './counterpart.ts';
import { hasEnded, type LocalWork } from './local-work.ts';

const inputs = {
  run: z.object({
    taskDefinition: z.string(),
    cluster: z._default(z.string(), 'default'),
    clientToken: z.optional(z.string()),
    startedBy: z.optional(z.string()),
    overrides: z.optional(
      z.object({
        containerOverrides: z.optional(
          z.array(
            z.object({
              name: z.string(),
              environment: z.optional(z.array(z.object({ name: z.string(), value: z.string() }))),
            }),
          ),
        ),
      }),
    ),
  }),
  describe: z.object({ tasks: z.array(z.string()) }),
  stop: z.object({ task: z.string() }),
};

/** Amazon ECS for simulations, and for tasks with a local replacement. Each task has one container. */
export const ecsService: Counterpart = {
  service: 'AmazonEC2ContainerServiceV20141113',
  integration: 'ecs',
  operations(works) {
    const find = (task: string) => works.get(task.slice(task.lastIndexOf('/') + 1));
    return {
      async RunTask(input) {
        const given = parse(inputs.run, input);
        const [family = ''] = given.taskDefinition.split(':');
        const work = works.start(family, JSON.parse(JSON.stringify(given)), given.clientToken);
        return { tasks: [describe(work)], failures: [] };
      },
      async DescribeTasks(input) {
        const seen = parse(inputs.describe, input).tasks.map((arn) => ({ arn, work: find(arn) }));
        return {
          tasks: seen.flatMap(({ work }) => (work === undefined ? [] : [describe(work)])),
          failures: seen.flatMap(({ arn, work }) => (work === undefined ? [{ arn, reason: 'MISSING' }] : [])),
        };
      },
      async StopTask(input) {
        const work = find(parse(inputs.stop, input).task);
        if (work === undefined)
          throw new ServiceError('InvalidParameterException', 'The referenced task was not found.');
        works.stop(work.id);
        return { task: describe(works.get(work.id) ?? work) };
      },
    };
  },
  environment(input) {
    const { overrides } = inputs.run.parse(input);
    const [container] = overrides?.containerOverrides ?? [];
    return Object.fromEntries((container?.environment ?? []).map(({ name, value }) => [name, value]));
  },
  event(work) {
    const { createdAt, startedAt, stoppedAt, ...described } = describe(work);
    const times = Object.entries(present({ createdAt, startedAt, stoppedAt }));
    const texts = times.map(([name, seconds]) => [name, new Date(seconds * 1_000).toISOString()]);
    return {
      source: 'aws.ecs',
      detailType: 'ECS Task State Change',
      detail: { ...described, ...Object.fromEntries(texts), version: hasEnded(work) ? 2 : 1 },
    };
  },
};

/** The task as ECS describes it in its answers. Times are epoch seconds. */
function describe(work: LocalWork) {
  const { id, input, state, startedOn, endedOn, message } = work;
  const { taskDefinition, cluster, startedBy, overrides } = inputs.run.parse(input);
  const [family = '', revision = '1'] = taskDefinition.split(':');
  const name = overrides?.containerOverrides?.[0]?.name ?? family;
  const ended = hasEnded(work);
  const lastStatus = ended ? 'STOPPED' : 'RUNNING';
  const exitCode = !ended ? undefined : state === 'succeeded' ? 0 : state === 'stopped' ? 137 : 1;
  const arn = (what: string) => `arn:aws:ecs:${region}:${account}:${what}`;
  return {
    taskArn: arn(`task/${cluster}/${id}`),
    clusterArn: arn(`cluster/${cluster}`),
    taskDefinitionArn: arn(`task-definition/${family}:${revision}`),
    group: `family:${family}`,
    launchType: 'FARGATE',
    lastStatus,
    desiredStatus: lastStatus,
    containers: [{ name, lastStatus, ...present({ exitCode, reason: message }) }],
    createdAt: startedOn / 1_000,
    startedAt: startedOn / 1_000,
    ...present({ startedBy, stoppedAt: endedOn === undefined ? undefined : endedOn / 1_000 }),
    ...(ended &&
      (state === 'stopped'
        ? { stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' }
        : { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' })),
  };
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidParameterException');
}
