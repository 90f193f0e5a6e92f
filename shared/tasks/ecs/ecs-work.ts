import * as z from 'zod/mini';
import { value } from '../../reading/fields.ts';

export const launchTypes = ['FARGATE', 'EC2', 'EXTERNAL'] as const;

export const ecsWork = z.object({
  kind: z.literal('ecs'),
  /** The name of a task definition, with its revision or without. */
  definition: z.string(),
  cluster: z.string(),
  container: z.string(),
  /** Null: that of the definition. */
  command: z.nullable(z.array(value)),
  env: z.record(z.string(), value),
  subnets: z.array(z.string()),
  securityGroups: z.array(z.string()),
  publicIp: z.boolean(),
  capacity: z.union([z.object({ launchType: z.enum(launchTypes) }), z.object({ provider: z.string() })]),
  roles: z.array(z.string()),
});
export type EcsWork = z.output<typeof ecsWork>;
