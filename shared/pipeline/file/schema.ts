import * as z from 'zod/mini';
import { catchups, intervalUnits, jobEndStates, lateActions, runEndStatuses } from '../../model/pipeline.ts';
import * as f from '../../reading/fields.ts';
import { kinds } from '../../tasks/kinds.ts';

/** The pipeline file. JSON Schema (`docs/pipeline.schema.json`), checks and types are all made from this. */

export const paramTypes = ['string', 'integer', 'number', 'boolean', 'date', 'object', 'array'] as const;

export const param = z.strictObject({
  type: f.oneOf(paramTypes),
  default: f.about('Where no trigger gives a value; may be an expression over $interval and $run', f.value),
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

const keyPart = f.field(z.string().check(z.minLength(1), z.maxLength(1024)), {
  expected: 'a part of an object key',
  remedy: 'write it as it stands in the key; nothing in it is special',
});

const regex = f.field(z.string().check(z.minLength(1)), {
  expected: 'a regular expression, such as "^orders/[0-9]+"',
  remedy: 'it is looked for anywhere in the key; ^ and $ are its ends',
});

const marker = f.field(z.string().check(z.regex(/^[^/{}]+$/)), {
  expected: 'the last part of a key, such as _SUCCESS or *.done',
  remedy: 'write it without / and without {…}; * and ? stand for any characters and for one',
});

const markers = f.field(z.array(marker).check(z.minLength(1), z.maxLength(1000)), {
  expected: 'a number, or a list of names',
  remedy: 'write how many objects there will be, or a list of their names',
});

const batch = z.strictObject({
  quiet: f.about('A batch ends when nothing has arrived for so long', f.duration),
  window: f.about('A batch ends so long after its first object', f.duration),
  size: f.about('A batch ends with so many objects', f.positiveInteger(100_000)),
  bytes: f.about('A batch ends with so much data', f.bytes),
  marker: f.about('A batch ends when an object of this name arrives beside the others', marker),
  expect: f.about(
    'A batch ends when so many different keys have arrived, or all of these names',
    f.field(z.union([z.int().check(z.minimum(1), z.maximum(1000)), markers]), {
      expected: 'a whole number from 1 to 1000, or a list of at most 1000 names',
      remedy: 'write how many objects there will be, or a list of their names',
    }),
  ),
});

const objects = z.strictObject({
  bucket,
  key: f.about('The pattern of the keys; any key where it is left out', keyPattern),
  prefix: f.about('What the key begins with', keyPart),
  suffix: f.about('What the key ends with', keyPart),
  size: f.about(
    'How large the object is, at least and at most',
    z.strictObject({ min: f.about('At least', f.bytes), max: f.about('At most', f.bytes) }),
  ),
  match: f.about('A regular expression that the key matches', regex),
});

const foreignJob = z.strictObject({
  name: f.field(z.string().check(z.minLength(1), z.maxLength(255)), {
    expected: 'the name of a Glue job',
    remedy: 'write it as Glue has it, or as jobs/jobs.yml does',
  }),
  states: f.about('How its run has ended; SUCCEEDED by default', f.oneOrMore(f.oneOf(jobEndStates))),
});

const otherPipeline = z.strictObject({
  name: f.name,
  status: f.about('How its run has ended; SUCCEEDED by default', f.oneOrMore(f.oneOf(runEndStatuses))),
});

const isTrue = f.field(z.literal(true), { expected: 'true', remedy: 'write `api: true`, or remove the trigger' });

const clockTime = f.field(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)), {
  expected: 'a time of day such as 07:00',
  remedy: 'write hours and minutes, in quotes: "07:00"',
});

const priority = f.field(z.int().check(z.minimum(-100), z.maximum(100)), {
  expected: 'a whole number from -100 to 100',
  remedy: 'the higher, the sooner; 0 where it is left out',
});

/** What every trigger may say. */
const ofAll = { priority: f.about('Which of the waiting runs is the next: the higher, the sooner', priority) };

export const triggerMembers = {
  schedule: z.strictObject({
    schedule,
    timezone: f.about('IANA name; UTC where it is left out', timezone),
    interval: f.about('What each run is for, as $interval', f.oneOf(intervalUnits)),
    catchup: f.about('Which missed intervals are run; latest by default', f.oneOf(catchups)),
    ...ofAll,
  }),
  s3: z.strictObject({ s3: objects, batch: f.about('Several objects in one run', batch), ...ofAll }),
  api: z.strictObject({ api: isTrue, ...ofAll }),
  datasets: z.strictObject({
    datasets,
    optional: f.about('Waited for until the deadline, but not beyond it', f.oneOrMore(f.datasetName)),
    by: f.about('The deadline: the first such time after the interval has ended', clockTime),
    timezone: f.about('Of the deadline; UTC where it is left out', timezone),
    otherwise: f.about('When not all is there by then; alert by default', f.oneOf(lateActions)),
    on_rerun: f.about('When one is published anew; ignore by default', f.oneOf(['ignore', 'rerun'])),
    ...ofAll,
  }),
  'glue-job': z.strictObject({ 'glue-job': foreignJob, ...ofAll }),
  pipeline: z.strictObject({ pipeline: otherPipeline, ...ofAll }),
};

export const trigger = f.choice('a trigger', triggerMembers);

export const runs = z.strictObject({
  max: f.about('Runs of the pipeline that may be live at a time; 1 by default', f.positiveInteger(1000)),
  overlap: f.about(
    'What becomes of a run that is one too many; queue by default',
    f.oneOf(['queue', 'skip', 'cancel_running']),
  ),
  deadline: f.about('A run that is not over then is stopped; 24h by default', f.duration),
  late: f.about('A run that is not over so long after it was asked for is said to be late', f.duration),
  onFailure: f.about(
    'Whether other tasks go on when one has failed; continue by default',
    f.oneOf(['continue', 'stop']),
  ),
});

const backoff = f.field(z.number().check(z.minimum(1), z.maximum(100)), {
  expected: 'a number from 1 to 100',
  remedy: 'each delay is the one before, times this; 1 keeps it the same',
});

export const retry = z.strictObject({
  attempts: f.about('Tries of the job, the first included; 1 by default', f.positiveInteger(100)),
  delay: f.about('Before the second try; 30s by default', f.duration),
  backoff: f.about('Each delay is the one before, times this; 2 by default', backoff),
  maxDelay: f.about('The longest delay', f.duration),
});

export const defaults = z.strictObject({
  retry: f.about('Of every task that says nothing else', retry),
  timeout: f.about('Of every task that says nothing else', f.duration),
});

export const plainRules = ['all_succeeded', 'none_failed', 'all_done', 'any_succeeded', 'any_failed'] as const;

const when = f.field(z.union([z.enum(plainRules), z.strictObject({ at_least: z.int().check(z.minimum(1)) })]), {
  expected: `one of ${plainRules.map((rule) => `\`${rule}\``).join(', ')}, or {at_least: N}`,
  remedy: 'choose one of them; without `when` it is all_succeeded',
});

/** What every task may say, whatever its kind. */
const common = {
  description: z.optional(f.text),
  after: f.about('The tasks that it waits for', f.oneOrMore(f.name)),
  when: f.about('The join rule: when it runs, over what it waits for; all_succeeded by default', when),
  if: f.about('Looked at when the join rule says that it runs; false: it is skipped', f.expression),
  retry: f.about('When its job fails or times out', retry),
  timeout: f.about('Of one try of its job; 8h by default, or the deadline if that is shorter', f.duration),
  deadline: f.about(
    'Of the task as a whole, from its turn on: all tries and all waits between them; what goes on then is stopped, and it has timed out',
    f.duration,
  ),
  publishes: f.about('Datasets that it marks when it has succeeded', f.oneOrMore(f.datasetName)),
  tolerate: f.about('It may fail without failing the run; false by default', f.flag),
};

export const commonFields = z.object(common);

const taskMembers = Object.entries(kinds).map(
  ([kind, { file }]) => [kind, z.strictObject({ ...file.fields, ...common })] as const,
);

export const task = f.choice('a task', Object.fromEntries(taskMembers));

const tasks = z.record(f.name, task);
f.hints.add(tasks, {
  expected: 'a mapping of names to tasks, such as `extract: { glue-job: extract-orders }`',
  remedy: 'add at least one task',
});

export const pipelineFile = z.strictObject({
  pipeline: f.name,
  description: z.optional(f.text),
  params: f.about('What differs from run to run, read as $params.NAME', z.record(f.paramName, param)),
  triggers: f.about('What starts runs', z.record(f.name, trigger)),
  runs: f.about('Rules for its runs', runs),
  defaults: f.about('What holds for every task that says nothing else', defaults),
  tasks,
});
