import { mapValues } from '../../json.ts';
import { attemptDigest } from '../kind/attempt-digest.ts';
import { outputUrl } from '../kind/output-address.ts';
import { textOf } from '../kind/text-of.ts';
import type { Order, Stack } from '../kind/work-state.ts';
import type { EcsWork } from './ecs-work.ts';

/** How `startedBy` begins in Gluewright's tasks. */
export const mark = 'gluewright-';

/** The input of `RunTask`. */
export function taskOf(order: Order<EcsWork>, stack: Stack) {
  const { run, task, attempt, work } = order;
  const { command, env, capacity, subnets, securityGroups, publicIp } = work;
  const token = `${mark}${attemptDigest(order, stack)}`;
  const variables = {
    ...mapValues(env, textOf),
    GLUEWRIGHT_STACK: stack.name,
    GLUEWRIGHT_RUN: run,
    GLUEWRIGHT_TASK: task,
    GLUEWRIGHT_ATTEMPT: String(attempt),
    GLUEWRIGHT_OUTPUT: outputUrl(order, stack),
  };
  return {
    cluster: work.cluster,
    taskDefinition: work.definition,
    count: 1,
    ...('provider' in capacity
      ? { capacityProviderStrategy: [{ capacityProvider: capacity.provider }] }
      : { launchType: capacity.launchType }),
    ...(subnets.length > 0 && {
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets,
          ...(securityGroups.length > 0 && { securityGroups }),
          assignPublicIp: publicIp ? ('ENABLED' as const) : ('DISABLED' as const),
        },
      },
    }),
    overrides: {
      containerOverrides: [
        {
          name: work.container,
          ...(command !== null && { command: command.map(textOf) }),
          environment: Object.entries(variables).map(([name, value]) => ({ name, value })),
        },
      ],
    },
    startedBy: token,
    clientToken: token,
  };
}
