import * as z from 'zod/mini';
import { kinds } from '../tasks/kinds.ts';
import * as f from './fields.ts';

/** The pipeline file. JSON Schema (`docs/pipeline.schema.json`), checks and types are all made from this. */

export const paramTypes = ['string', 'integer', 'number', 'boolean', 'date', 'object', 'array'] as const;

export const param = z.strictObject({
  type: f.oneOf(paramTypes),
  default: z.optional(f.value),
  description: z.optional(f.text),
});

export const datasets = f.choice('a datasets trigger', {
  all: z.strictObject({ all: z.array(f.datasetName) }),
  any: z.strictObject({ any: z.array(f.datasetName) }),
  at_least: z.strictObject({ at_least: f.positiveInteger(1000), of: z.array(f.datasetName) }),
});

const bucket = f.field(z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)), {
  expected: 'the name of an S3 bucket: 3 to 63 lower-case letters, digits, `-` and `.`',
  remedy: 'write the bucket only, without s3:// and without a key',
});

const keyPattern = f.field(z.string().check(z.minLength(1)), {
  expected: 'the pattern of an object key, such as orders/{day}/*.csv',
  remedy: '{name} binds a parameter, * and ? stay within a segment, ** does not',
});

const schedule = f.field(z.string(), {
  expected: 'a schedule: cron(…), rate(…) or at(…)',
  remedy: "write it in EventBridge Scheduler's syntax, such as cron(0 3 * * ? *)",
});

const timezone = f.field(z.string(), { expected: 'a time zone', remedy: 'write an IANA name such as Europe/Berlin' });

const batch = z.strictObject({
  quiet: z.optional(f.duration),
  window: z.optional(f.duration),
  size: z.optional(f.positiveInteger(100_000)),
});

const isTrue = f.field(z.literal(true), { expected: 'true', remedy: 'write `api: true`, or remove the trigger' });

export const triggerMembers = {
  schedule: z.strictObject({
    schedule,
    timezone: z.optional(timezone),
    interval: z.optional(f.oneOf(['hour', 'day', 'week', 'month', 'schedule'])),
  }),
  s3: z.strictObject({ s3: z.strictObject({ bucket, key: keyPattern }), batch: z.optional(batch) }),
  api: z.strictObject({ api: isTrue }),
  datasets: z.strictObject({ datasets }),
};

export const trigger = f.choice('a trigger', triggerMembers);

export const runs = z.strictObject({
  max: z.optional(f.positiveInteger(1000)),
  overlap: z.optional(f.oneOf(['queue', 'skip', 'cancel_running'])),
  deadline: z.optional(f.duration),
  onFailure: z.optional(f.oneOf(['continue', 'stop'])),
});

const backoff = f.field(z.number().check(z.minimum(1), z.maximum(100)), {
  expected: 'a number from 1 to 100',
  remedy: 'each delay is the one before, times this; 1 keeps it the same',
});

export const retry = z.strictObject({
  attempts: z.optional(f.positiveInteger(100)),
  delay: z.optional(f.duration),
  backoff: z.optional(backoff),
  maxDelay: z.optional(f.duration),
});

export const defaults = z.strictObject({ retry: z.optional(retry), timeout: z.optional(f.duration) });

export const plainRules = ['all_succeeded', 'none_failed', 'all_done', 'any_succeeded', 'any_failed'] as const;

const when = f.field(z.union([z.enum(plainRules), z.strictObject({ at_least: z.int().check(z.minimum(1)) })]), {
  expected: `one of ${plainRules.map((rule) => `\`${rule}\``).join(', ')}, or {at_least: N}`,
  remedy: 'choose one of them; without `when` it is all_succeeded',
});

/** What every task may say, whatever its kind. */
const common = {
  description: z.optional(f.text),
  after: z.optional(f.oneOrMore(f.name)),
  when: z.optional(when),
  if: z.optional(f.expression),
  retry: z.optional(retry),
  timeout: z.optional(f.duration),
  publishes: z.optional(f.oneOrMore(f.datasetName)),
  tolerate: z.optional(f.flag),
};

export const commonFields = z.object(common);

const taskMembers = Object.entries(kinds).map(
  ([kind, { fields }]) => [kind, z.strictObject({ ...fields, ...common })] as const,
);

export const task = f.choice('a task', Object.fromEntries(taskMembers));

export const pipelineFile = z.strictObject({
  pipeline: f.name,
  description: z.optional(f.text),
  params: z.optional(z.record(f.paramName, param)),
  triggers: z.optional(z.record(f.name, trigger)),
  runs: z.optional(runs),
  defaults: z.optional(defaults),
  tasks: z.record(f.name, task),
});
