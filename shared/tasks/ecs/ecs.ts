import * as z from 'zod/mini';
import { mapValues } from '../../json.ts';
import { about, described, field, flag, listOf, oneOf, oneOrMore, value } from '../../reading/fields.ts';
import type { Report } from '../../reading/finding.ts';
import { consoleOf } from '../kind/console.ts';
import { checkVariables } from '../kind/own-variables.ts';
import { passedRole, roleName } from '../kind/passed-role.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { familyOf, idOfTask, partsOf, readTask, readTaskStateChange } from './container-task.ts';
import { type EcsWork, ecsWork, launchTypes } from './ecs-work.ts';
import { mark, taskOf } from './run-task.ts';

const nameOf = (expected: string, remedy: string, pattern: RegExp = /^[a-zA-Z0-9_-]{1,255}$/) =>
  field(z.string().check(z.regex(pattern)), { expected, remedy });

const role = nameOf(
  'the name or the ARN of a role',
  'name the roles in the task definition, such as `etl-task`',
  roleName,
);

const fields = {
  ecs: described(
    'The task definition, with its revision or without',
    nameOf(
      'the name of a task definition, or its name and revision',
      'write the family of one that exists, such as `dbt`, or `dbt:5` for a revision',
      /^[a-zA-Z0-9_-]{1,255}(?::\d+)?$/,
    ),
    ['dbt', 'dbt:5'],
  ),
  cluster: about(
    'The cluster that the task runs on; `default` by default',
    nameOf('the name of a cluster', 'name a cluster of the account, without its ARN'),
    ['etl'],
  ),
  container: about(
    'The container that gets `command` and `env`, and whose exit code decides; the definition’s name by default',
    nameOf('the name of a container', 'name a container of the task definition'),
    ['dbt'],
  ),
  command: about('The container’s command; may be expressions', z.array(value), [
    ['python', 'load.py', '{% $params.day %}'],
  ]),
  env: about('Environment variables of the container; may be expressions', z.record(z.string(), value), [
    { DAY: '{% $params.day %}' },
  ]),
  subnets: about(
    'Where the task gets its network interface; Fargate needs it',
    oneOrMore(nameOf('the id of a subnet', 'write an id such as subnet-0a1b2c3d', /^subnet-[0-9a-f]+$/)),
    ['subnet-0a1b2c3d'],
  ),
  securityGroups: about(
    'The security groups of that interface; those of the VPC by default',
    oneOrMore(nameOf('the id of a security group', 'write an id such as sg-0a1b2c3d', /^sg-[0-9a-f]+$/)),
    ['sg-0a1b2c3d'],
  ),
  publicIp: about('true: the interface has a public address', flag),
  launchType: about('What it runs on; FARGATE by default', oneOf(launchTypes)),
  capacityProvider: about(
    'The capacity provider that it runs on, such as FARGATE_SPOT; replaces `launchType`',
    nameOf('the name of a capacity provider', 'name one of the cluster, such as FARGATE_SPOT'),
    ['FARGATE_SPOT'],
  ),
  roles: about('The roles in the task definition, which Gluewright passes to ECS', oneOrMore(role), [
    'loader-task',
    ['loader-task', 'loader-execution'],
  ]),
};
const schema = z.object(fields);

const asEnv = 'write `env: { NAME: VALUE }`';

/** A task of ECS. Its client token is the same for each try of one attempt, so that none begins twice. */
export const ecs = {
  kind: 'ecs',
  service: 'ECS',
  file: {
    fields,
    words: ['ecstask', 'ecsruntask', 'runtask', 'fargate', 'fargatetask', 'taskdefinition', 'docker'],
    habits: {
      ...{ environment: asEnv, args: 'write `command: [PROGRAM, ARGUMENT, …]`' },
      image: 'remove it: the task definition names the image',
    },
    expressions: ['command', 'env'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { ecs: definition, launchType = 'FARGATE', capacityProvider, ...rest } = read.data;
      return {
        kind: 'ecs',
        definition,
        cluster: rest.cluster ?? 'default',
        container: rest.container ?? familyOf(definition),
        command: rest.command ?? null,
        env: rest.env ?? {},
        subnets: [...listOf(rest.subnets)],
        securityGroups: [...listOf(rest.securityGroups)],
        publicIp: rest.publicIp ?? false,
        capacity: capacityProvider === undefined ? { launchType } : { provider: capacityProvider },
        roles: [...listOf(rest.roles)],
      };
    },
    check(work, _, report) {
      checkNetwork(work, report);
      checkVariables(work.env, 'ecs-env', report);
    },
    values: ({ command, env }) => [command, env],
    noOutput: () => undefined,
  },
  things: {
    'task-definition': {
      service: 'ecs',
      // each deployment of a container makes a revision
      resource: (name) => `task-definition/${/:\d+$/.test(name) ? name : `${name}:*`}`,
    },
    'container-task': { service: 'ecs', resource: (cluster) => `task/${cluster}/*` },
    'container-role': passedRole('ecs-tasks.amazonaws.com'),
  },
  uses: ({ definition, cluster, roles }) => [
    { what: 'task-definition', name: definition },
    { what: 'container-task', name: cluster },
    ...roles.map((name) => ({ what: 'container-role', name })),
  ],
  renamed: (work, _, value) => ({
    ...work,
    command: work.command === null ? null : work.command.map(value),
    env: mapValues(work.env, value),
  }),
  runs: {
    by: 'service',
    work: ecsWork,
    name: ({ definition }) => familyOf(definition),
    isMarked: () => false,
    begin: (order, stack) => ({ call: 'ecs:RunTask', input: taskOf(order, stack) }),
    begun: idOfTask,
    ask: {
      call: (_, id) => ({ call: 'ecs:DescribeTasks', input: { cluster: partsOf(id).cluster, tasks: [id] } }),
      read: (answer, { id, work }) => readTask(answer, id, work?.container),
    },
    stop: {
      atOnce: 1,
      call: (_, [id = '']) => ({
        call: 'ecs:StopTask',
        input: { cluster: partsOf(id).cluster, task: id, reason: 'stopped by Gluewright' },
      }),
    },
    event: {
      pattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: { lastStatus: ['STOPPED'], startedBy: [{ prefix: mark }] },
      },
      read: readTaskStateChange,
      onlyAsks: true,
    },
    shows: {
      page(_, id, region) {
        const { cluster, task } = partsOf(id);
        return `${consoleOf(region)}/ecs/v2/clusters/${cluster}/tasks/${task}/configuration?region=${region}`;
      },
    },
    refused: ['LimitExceededException'],
    gone: ['ClusterNotFoundException'],
    sends: [
      {
        call: 'ecs:RunTask',
        on: 'task-definition',
        begins: true,
        needs: [{ action: 'iam:PassRole', on: 'container-role' }],
      },
      { call: 'ecs:DescribeTasks', on: 'container-task' },
      { call: 'ecs:StopTask', on: 'container-task' },
    ],
    errors: { failed: 'Ecs.TaskFailed', timedOut: 'Ecs.TaskTimedOut', stopped: 'Ecs.TaskStopped' },
  },
} as const satisfies TaskKind<EcsWork>;

function checkNetwork({ capacity, subnets, securityGroups, publicIp }: EcsWork, report: Report): void {
  if (subnets.length > 0) return;
  const isFargate = ('provider' in capacity ? capacity.provider : capacity.launchType).startsWith('FARGATE');
  const needing = isFargate ? 'a task on Fargate' : securityGroups.length > 0 ? '`securityGroups`' : '`publicIp`';
  if (!isFargate && securityGroups.length === 0 && !publicIp) return;
  report({
    path: ['ecs'],
    code: 'ecs-network',
    message: `${needing} needs \`subnets\``,
    remedy: 'write `subnets: [subnet-0a1b2c3d]`, or `launchType: EC2` for instances of your own',
  });
}
