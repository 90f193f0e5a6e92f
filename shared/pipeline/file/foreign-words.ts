import { isJsonObject, type Json } from '../../json.ts';
import type { Advised } from '../../reading/advice.ts';
import { allKinds, kinds } from '../../tasks/kinds.ts';
import { scheduleFrom } from '../../time/schedule-from.ts';
import { durationOf, shown } from './written.ts';

/** Words of other tools, and what to write instead. Case, `_` and `-` do not matter. */
export type Words = Readonly<Record<string, (value: Json, word: string) => Advised>>;

export const say = (remedy: string) => (): Advised => ({ remedy });

const after = (value: Json): Advised => ({ remedy: `write \`after: ${shown(value, 'TASK')}\`` });
const before = say('the later task names the earlier one: write `after: THIS_TASK` in the task that comes next');
const kind = (value: Json): Advised => ({ remedy: `write \`glue-job: ${shown(value, 'NAME')}\``, namesKind: true });
const args = say('write `args:`, with the arguments’ names without `--`');
export const timeout = (value: Json): Advised => ({ remedy: `write \`timeout: ${durationOf(value, 60)}\`` });
export const ofTheKey = say('remove it: the key before the colon is the name');
const tolerate = say('write `tolerate: true`');
const publishes = (value: Json): Advised => ({ remedy: `write \`publishes: ${shown(value, 'DATASET')}\`` });
const noSuchKind = (_: Json, word: string): Advised => {
  const known = Object.keys(kinds).map((each) => `\`${each}\``);
  const are = known.length === 1 ? `the only kind is ${known[0]}` : `the kinds are ${known.join(', ')}`;
  const remedy = `${are}: do it in a Glue job, or beside the pipeline`;
  return { message: `there is no kind of task called \`${word}\``, remedy, namesKind: true };
};
const retries = (value: Json): Advised => {
  const number = typeof value === 'number' ? value : 3;
  const remedy = `write \`retry: { attempts: ${number + 1} }\`: attempts count the first try, too`;
  return { remedy };
};
const attempts = (value: Json): Advised => ({ remedy: `write \`retry: { attempts: ${shown(value, '3')} }\`` });
const delay = (value: Json): Advised => ({
  remedy: `write \`retry: { attempts: 3, delay: ${durationOf(value, 1)} }\``,
});
const mergeKey = say('aliases are not read: write the keys out, or put what all tasks share into `defaults:`');
const merge = (): Advised => ({ ...mergeKey(), message: 'merge keys (`<<`) are not read', namesKind: true });

/** Values of Airflow's `trigger_rule`, GitHub's `if`, and others. */
export const joinRules: ReadonlyMap<string, string> = new Map(
  Object.entries({
    always: 'all_done',
    completed: 'all_done',
    dummy: 'all_done',
    allsuccess: 'all_succeeded',
    onsuccess: 'all_succeeded',
    success: 'all_succeeded',
    ...{ any: 'any_succeeded', all: 'all_succeeded' },
    onesuccess: 'any_succeeded',
    anysuccess: 'any_succeeded',
    onefailed: 'any_failed',
    onfailure: 'any_failed',
    failure: 'any_failed',
    onedone: 'any_succeeded',
    nonefailedminonesuccess: 'none_failed',
    noneskipped: 'all_succeeded',
  }),
);

const when = (value: Json): Advised => {
  const rule = typeof value === 'string' ? (joinRules.get(plainWord(value)) ?? value) : 'all_done';
  return { remedy: `write \`when: ${rule}\`` };
};

const pool = (value: Json): Advised => ({
  remedy: `write \`pool: ${shown(value, 'NAME')}\`, and its places below \`pools:\` in jobs/jobs.yml`,
});
const places = (value: Json): Advised => ({ remedy: `write \`places: ${shown(value, '1')}\` beside \`pool\`` });
const priority = (value: Json): Advised => ({
  remedy: `write \`priority: ${shown(value, '1')}\`, from -100 to 100, beside \`pool\``,
});
/** Dagster and Prefect limit the tasks of one tag. */
const tags = (value: Json): Advised => {
  const [first]: readonly Json[] = Array.isArray(value) ? value : Object.values(isJsonObject(value) ? value : {});
  const { remedy } = pool(first ?? null);
  return { remedy: `tasks have no tags; to limit how many run at a time, ${remedy}` };
};
/** GitHub's is the name of a group, or `{group, cancel-in-progress}`. */
const concurrency = (value: Json): Advised => pool(isJsonObject(value) ? (value.group ?? null) : value);

const retryRules = (value: Json): Advised => {
  const [first]: readonly Json[] = Array.isArray(value) ? value : [value];
  const most = isJsonObject(first) && typeof first.MaxAttempts === 'number' ? first.MaxAttempts + 1 : 3;
  return { remedy: `write \`retry: { attempts: ${most} }\`: attempts count the first try, too` };
};
const handler = say('write `tolerate: true`, or add a task with `after: THIS_TASK` and `when: any_failed`');

export const taskWords: Words = {
  ...{ dependson: after, depends: after, needs: after, requires: after, upstream: after, upstreamtasks: after },
  ...{ dependencies: after, waitfor: after, waitsfor: after, predecessors: after },
  ...{ next: before, downstream: before, followedby: before },
  dependsonpast: say('remove it: with `runs: { max: 1 }`, the default, a run starts when the previous one has ended'),
  end: say('remove it: a run ends when all of its tasks have ended'),
  ...{ catch: handler, onerror: handler, onfailure: handler, onfailurecallback: handler },
  predicate: say('write `after: [TASK, …]`, and `when: any_succeeded` where Logical is ANY'),
  retry: retryRules,
  ...{ retries, maxretries: retries, retrycount: retries, attempts, maxattempts: attempts },
  ...{ retrydelay: delay, retryinterval: delay, intervalseconds: delay, retrydelayseconds: delay },
  ...{ triggerrule: when, runif: when, condition: when },
  ...{ job: kind, jobname: kind, gluejobname: kind, glue: kind, run: kind, uses: kind },
  ...{ operator: kind, type: kind, kind, resource: kind, command: noSuchKind, script: noSuchKind },
  ...{ arguments: args, parameters: args, params: args, env: args, scriptargs: args, with: args, input: args },
  ...{ timeoutminutes: timeout, timeoutinminutes: timeout, executiontimeout: timeout },
  timeoutseconds: (value) => ({ remedy: `write \`timeout: ${durationOf(value, 1)}\`` }),
  ...{ name: ofTheKey, id: ofTheKey, taskid: ofTheKey },
  ...{ allowfailure: tolerate, continueonerror: tolerate, ignoreerrors: tolerate, optional: tolerate },
  ...{ outlets: publishes, outputs: publishes, produces: publishes },
  sla: say('write `deadline: 2h` for the task, or `late: 2h` below `runs:`'),
  ...{ poolslots: places, slots: places, queue: pool, concurrencykey: pool, concurrencygroup: pool, concurrency },
  tags,
  ...{ priorityweight: priority, weight: priority, taskconcurrency: pool, maxactivetisperdag: pool },
  schedule: say('a schedule belongs to the pipeline: triggers: { nightly: { schedule: "cron(0 3 * * ? *)" } }'),
  ...{ lambda: noSuchKind, bash: noSuchKind, shell: noSuchKind, python: noSuchKind },
  ...{ http: noSuchKind, sns: noSuchKind, parallel: noSuchKind, choice: noSuchKind },
  '<<': merge,
  ...Object.fromEntries(
    allKinds.flatMap(({ kind: name, file }) =>
      (file.words ?? []).map((word) => [
        word,
        (value: Json): Advised => ({
          remedy: `write \`${name}: ${file.shape ?? shown(value, 'NAME')}\``,
          namesKind: true,
        }),
      ]),
    ),
  ),
};

const schedule = (value: Json): Advised => {
  const text = scheduleFrom(value) ?? 'cron(0 3 * * ? *)';
  return { remedy: `schedules belong below \`triggers:\`: triggers: { nightly: { schedule: "${text}" } }` };
};
const tasks = say('write `tasks:`, a mapping of names to tasks');
const params = say('write `params:`, such as params: { day: { type: date } }');
const deadline = (value: Json): Advised => ({ remedy: `write \`runs: { deadline: ${durationOf(value, 60)} }\`` });
const most = (value: Json): Advised => ({ remedy: `write \`runs: { max: ${shown(value, '1')} }\`` });
const name = (value: Json): Advised => ({ remedy: `write \`pipeline: ${shown(value, 'NAME')}\`` });
const description = say('remove it, or put it into `description:`');
const triggers = say('write `triggers:`, such as triggers: { nightly: { schedule: "cron(0 3 * * ? *)" } }');
const poolOfTask = (value: Json): Advised => ({ remedy: `write \`pool: ${shown(value, 'NAME')}\` at the tasks` });
const pools = say('write `pools:` in jobs/jobs.yml: all pipelines share them');
const anchors = say('remove it: aliases are not read; what all tasks share goes into `defaults:`');

export const fileWords: Words = {
  ...{ dagid: name, name, id: name, workflow: name, dag: name },
  ...{ schedule, scheduleinterval: schedule, cron: schedule, rate: schedule, timetable: schedule },
  ...{ on: triggers, events: triggers, sensors: triggers },
  startdate: say(
    'remove it: a pipeline starts when it is deployed; past intervals run with `gluewright run --interval`',
  ),
  catchup: (value) => ({
    remedy: `it belongs to a schedule: triggers: { nightly: { schedule: …, catchup: ${value === true ? 'all' : 'none'} } }`,
  }),
  defaultargs: (value) => ({
    remedy:
      isJsonObject(value) && typeof value.retries === 'number'
        ? `write \`defaults: { retry: { attempts: ${value.retries + 1} } }\``
        : 'write `defaults:`, with `retry` and `timeout`',
  }),
  retry: say('write `defaults: { retry: { attempts: 3 } }`'),
  retries: (value) => ({ remedy: `write \`defaults: { retry: { attempts: ${Number(value ?? 2) + 1} } }\`` }),
  ...{ maxactiveruns: most, concurrency: most, maxconcurrentruns: most },
  ...{ jobs: tasks, steps: tasks, stages: tasks, states: tasks, nodes: tasks },
  startat: say('remove it: tasks without `after` start first'),
  ...{ parameters: params, inputs: params, variables: params, vars: params, args: params, env: params },
  ...{ timeout: deadline, dagruntimeout: deadline, timeoutminutes: deadline, deadline },
  ...{ pool: poolOfTask, pools, priority: say('write `defaults: { priority: 5 }`') },
  ...{ tags: description, owner: description, version: description, comment: description },
  ...{ defs: anchors, definitions: anchors, anchors, templates: anchors },
};

const objectOf = (value: Json): Advised => ({
  remedy: `write \`object: "s3://${shown(value, 'BUCKET')}/KEY"\``,
  namesKind: true,
});

/** Within `sensor`. */
export const sensorWords: Words = {
  ...{ bucket: objectOf, bucketname: objectOf, s3: say('write `object: "s3://BUCKET/KEY"`') },
  ...{ key: say('write it behind the bucket, in `object`'), prefix: say('write it behind the bucket, in `object`') },
};

export const retryWords: Words = {
  ...{
    count: say('write `attempts`: the first try counts, too'),
    max: say('write `attempts`: the first try counts, too'),
  },
  ...{ retries: say('write `attempts`: the first try counts, too'), limit: say('write `attempts`') },
  ...{ interval: say('write `delay`'), wait: say('write `delay`'), intervalseconds: say('write `delay`, such as 30s') },
  ...{ rate: say('write `backoff`'), backoffrate: say('write `backoff`'), factor: say('write `backoff`') },
  ...{ maxdelayseconds: say('write `maxDelay`, such as 10m'), multiplier: say('write `backoff`') },
};

export const runsWords: Words = {
  ...{ concurrency: say('write `max`'), maxactiveruns: say('write `max`'), limit: say('write `max`') },
  ...{ timeout: say('write `deadline`'), sla: say('write `late`'), policy: say('write `overlap`') },
};

/** `dependsOn`, `depends_on` and `depends-on` are one word. */
export function plainWord(word: string): string {
  return word === '<<' ? word : word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

export function wordIn(words: Words, word: string, value: Json): Advised | undefined {
  const plain = plainWord(word);
  return Object.hasOwn(words, plain) ? words[plain]?.(value, word) : undefined;
}
