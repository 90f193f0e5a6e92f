import * as z from 'zod/mini';
import { occasions } from '../../model/channel.ts';
import { mostPlacesOfTask } from '../../model/pool.ts';
import * as f from '../../reading/fields.ts';
import { kinds } from '../../tasks/kinds.ts';
import { triggerSchema } from '../../triggers/kinds/kinds.ts';

/** The pipeline file. Its JSON Schema (`docs/pipeline.schema.json`), checks and types all derive from this. */

export const paramTypes = ['string', 'integer', 'number', 'boolean', 'date', 'object', 'array'] as const;

export const param = z.strictObject({
  type: f.described('The type of its values; a `date` is a text such as 2026-11-22', f.oneOf(paramTypes)),
  default: f.about('Its value if the trigger gives none; may be an expression over $interval and $run', f.value, [
    '{% $interval.start %}',
  ]),
  description: f.about('For people', f.text, ['The day to load.']),
});

export const runs = z.strictObject({
  max: f.about('How many runs of the pipeline may be live at a time; 1 by default', f.positiveInteger(1000), [3]),
  overlap: f.about(
    'What to do with a run beyond `max`; queue by default',
    f.oneOf(['queue', 'skip', 'cancel_running']),
  ),
  deadline: f.about('Stops a run that takes longer; 24h by default', f.duration),
  late: f.about('Reports a run as late if it has not ended this long after its request', f.duration),
  onFailure: f.about(
    'Whether other tasks continue after a failure; continue by default',
    f.oneOf(['continue', 'stop']),
  ),
});

export const notify = f.field(
  z.union([z.literal(false), z.array(f.name), z.record(f.name, z.array(z.enum(occasions)).check(z.minLength(1)))]),
  {
    expected: `false, a list of channels, or a mapping of channels to some of ${occasions.map((each) => `\`${each}\``).join(', ')}`,
    remedy: 'write `notify: false`, `notify: [oncall]` or `notify: { oncall: [failed, late] }`',
  },
);

const backoff = f.field(z.number().check(z.minimum(1), z.maximum(100)), {
  expected: 'a number from 1 to 100',
  remedy: '2 doubles the delay each time; 1 keeps it',
});

export const retry = z.strictObject({
  attempts: f.about('Number of tries, including the first; 1 by default', f.positiveInteger(100), [3]),
  delay: f.about('Time before the second try; 30s by default', f.duration),
  backoff: f.about('Factor by which the delay grows with each try; 2 by default', backoff, [2, 1.5]),
  maxDelay: f.about('The longest delay', f.duration),
});

/** Of tasks that wait for the same pool. */
const priority = f.field(z.int().check(z.minimum(-100), z.maximum(100)), {
  expected: 'a whole number from -100 to 100',
  remedy: 'higher starts sooner; without it the priority is 0',
});

export const defaults = z.strictObject({
  retry: f.about('For tasks without a `retry` of their own', retry),
  timeout: f.about('For tasks without a `timeout` of their own', f.duration),
  priority: f.about('For tasks with a `pool` and without a `priority` of their own', priority, [10]),
});

const plainRules = ['all_succeeded', 'none_failed', 'all_done', 'any_succeeded', 'any_failed'] as const;

const atLeast = z.int().check(z.minimum(1));
z.globalRegistry.add(atLeast, { description: 'The number of tasks that must succeed', examples: [2] });

const when = f.field(z.union([z.enum(plainRules), z.strictObject({ at_least: atLeast })]), {
  expected: `one of ${plainRules.map((rule) => `\`${rule}\``).join(', ')}, or {at_least: N}`,
  remedy: 'choose one of them; without `when` it is all_succeeded',
});

const handler = f.field(z.string().check(z.regex(/^(?:[^/.]+\/)*[^/.]+\.[A-Za-z_$][\w$]*$/)), {
  expected: 'a file without its ending, and a function in it',
  remedy: 'write `functions/rates.handler` for the function `handler` in functions/rates.py or functions/rates.mjs',
});

/** What replaces a task's service locally. */
export const local = z.strictObject({
  simulate: f.about('Waits this long, then succeeds', f.duration),
  command: f.about(
    'Runs this command in the project’s folder',
    z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
    [['node', 'local/crawl.mjs']],
  ),
  handler: f.about('Runs this function of the project; only for a task that invokes one', handler, [
    'functions/prices.handler',
  ]),
  output: f.about('The output of the task', z.record(z.string(), f.value), [{ rows: 7 }]),
});

/** Keys of every task, whatever its kind. */
const common = {
  description: f.about('For people', f.text, ['Waits for the last export.']),
  after: f.about('The tasks that it waits for', f.oneOrMore(f.name), ['extract', ['extract', 'prices']]),
  when: f.about('The join rule: which outcomes of the tasks in `after` let it run; all_succeeded by default', when, [
    'all_done',
    { at_least: 2 },
  ]),
  if: f.about('Evaluated once the join rule lets the task run; false skips the task', f.expression),
  retry: f.about('Tries again after a failure or a timeout', retry),
  timeout: f.about('The longest time of one try; 8h by default, or the run’s deadline if that is shorter', f.duration),
  deadline: f.about(
    'The longest time of the task as a whole: all tries and the waits between them. The task then times out',
    f.duration,
  ),
  pool: f.about('The pool of the project that limits it and others together', f.name, ['warehouse']),
  places: f.about('How many places of its pool it takes; 1 by default', f.positiveInteger(mostPlacesOfTask), [2]),
  priority: f.about(
    'Which task that waits for the pool starts next: the higher, the sooner; 0 by default',
    priority,
    [10],
  ),
  publishes: f.about('Datasets that it publishes when it succeeds', f.oneOrMore(f.datasetName), ['daily_revenue']),
  local: f.about('Replaces its service on this machine: `simulate`, `command` or `handler`', local),
  tolerate: f.about('true: its failure does not fail the run', f.flag),
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
  pipeline: f.described('Its name: a letter, then letters, digits, `_` and `-`', f.name, ['orders-daily']),
  description: f.about('For people', f.text, ['Cleans the orders of a day.']),
  params: f.about('Values that differ from run to run, read as $params.NAME', z.record(f.paramName, param), [
    { day: { type: 'date', default: '{% $interval.start %}' } },
  ]),
  triggers: f.about('What starts its runs', z.record(f.name, triggerSchema), [
    { nightly: { schedule: 'cron(0 3 * * ? *)', timezone: 'Europe/Berlin', interval: 'day' } },
    { arrivals: { s3: { bucket: 'landing', key: 'orders/{day}/*.csv' } } },
  ]),
  runs: f.about('Rules for its runs', runs),
  notify: f.about('Which of the project’s channels are notified; all of them by default', notify, [
    { oncall: ['failed', 'late'] },
  ]),
  defaults: f.about('Defaults for all tasks', defaults),
  tasks: f.described('The tasks by their names', tasks, [
    { extract: { 'glue-job': 'extract' }, report: { 'glue-job': 'report', after: 'extract' } },
  ]),
});
