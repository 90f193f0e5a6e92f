import { kindMistakes } from './kind-mistakes.ts';
import { type Mistake, pipeline, task } from './mistake.ts';
import { poolMistakes } from './pool-mistakes.ts';
import { projectMistakes } from './project-mistakes.ts';

const trigger = (body: string, ...above: readonly string[]): string =>
  pipeline(...above, `triggers: { t: { ${body} } }`, 'tasks: { load: { glue-job: load } }');
const reading = (expression: string, ...above: readonly string[]): string =>
  pipeline(...above, 'tasks:', `  load: { glue-job: load, args: { x: "${expression}" } }`);

const tasks: readonly Mistake[] = [
  {
    title: 'a task that is waited for was renamed',
    file: task('glue-job: load', 'report: { glue-job: load, after: loading }'),
  },
  { title: 'Airflow’s depends_on_past', file: task('glue-job: load, depends_on_past: true') },
  { title: 'Airflow’s bit-shift order', file: task('glue-job: load', 'load >> report: { glue-job: load }') },
  {
    title: 'GitHub’s needs, and if: always()',
    file: task('glue-job: load', 'report: { glue-job: load, needs: load, if: always() }'),
  },
  {
    title: 'Step Functions’ Next',
    file: task('glue-job: load, Next: report', 'report: { glue-job: load, End: true }'),
  },
  { title: 'Step Functions’ Retry', file: task('glue-job: load, Retry: [{ MaxAttempts: 3 }]') },
  { title: 'Step Functions’ Catch', file: task('glue-job: load, Catch: [{ Next: report }]') },
  { title: 'Glue workflows’ predicate', file: task('glue-job: load, predicate: { Logical: AND }') },
  { title: 'the name of the job as a list', file: task('glue-job: [load, report]') },
  { title: 'a whole job below the task', file: task('glue-job: { name: load, args: { day: x } }') },
  { title: 'arguments as a list of words', file: task('glue-job: load, args: ["--day", "2026-11-21"]') },
  { title: 'arguments with a list', file: task('glue-job: load, args: { days: [2026-11-21, 2026-11-22] }') },
  { title: 'an argument that is empty', file: task('glue-job: load, args: { day: }') },
  { title: 'an argument that Glue keeps to itself', file: task('glue-job: load, args: { JOB_NAME: x }') },
  { title: 'retry written as attempts on the task', file: task('glue-job: load, attempts: 3') },
  { title: 'retry with a delay of a bare number', file: task('glue-job: load, retry: { attempts: 3, delay: 60 }') },
  { title: 'retry of one attempt with a delay', file: task('glue-job: load, retry: { attempts: 1, delay: 5m }') },
  { title: 'a timeout in words', file: task('glue-job: load, timeout: 2 hours') },
  { title: 'a timeout in ISO 8601', file: task('glue-job: load, timeout: PT2H') },
  {
    title: 'a timeout longer than the run',
    file: pipeline('runs: { deadline: 1h }', 'tasks: { load: { glue-job: load, timeout: 3h } }'),
  },
  {
    title: 'at_least of more tasks than there are',
    file: task('glue-job: load', 'report: { glue-job: load, after: load, when: { at_least: 2 } }'),
  },
  {
    title: 'at_least without braces',
    file: task('glue-job: load', 'report: { glue-job: load, after: load, when: at_least 1 }'),
  },
  { title: 'a join rule and nothing to join', file: task('glue-job: load, when: all_done') },
  { title: 'when where if is meant', file: task('glue-job: load, when: "{% $params.full %}"') },
  {
    title: 'if with a bare comparison',
    file: pipeline(
      'params: { n: { type: integer, default: 1 } }',
      'tasks: { load: { glue-job: load, if: "$params.n > 0" } }',
    ),
  },
  {
    title: 'two tasks that wait for each other',
    file: task('glue-job: load, after: report', 'report: { glue-job: load, after: load }'),
  },
  { title: 'tolerate with a list of errors', file: task('glue-job: load, tolerate: [Glue.JobFailed]') },
  { title: 'a dataset with a slash', file: task('glue-job: load, publishes: lake/orders') },
  { title: 'a task name with a space', file: pipeline('tasks:', '  load orders: { glue-job: load }') },
  {
    title: 'tasks that are indented differently',
    file: 'pipeline: p\ntasks:\n  load:\n    glue-job: load\n   report:\n    glue-job: load\n',
  },
];

const expressions: readonly Mistake[] = [
  { title: 'Airflow’s macro', file: reading('{{ ds }}') },
  {
    title: 'GitHub’s expression',
    file: reading('$' + '{{ params.day }}', 'params: { day: { type: date, default: 2026-11-21 } }'),
  },
  { title: 'a shell variable', file: reading('$DAY') },
  { title: 'an expression within a text', file: reading('day={% $run.id %}') },
  { title: 'a field that $run does not have', file: reading('{% $run.name %}') },
  {
    title: 'an output of a task that does not come before',
    file: task('glue-job: load, args: { n: "{% $tasks.report.output.rows %}" }', 'report: { glue-job: load }'),
  },
  {
    title: 'the output without output',
    file: task('glue-job: load', 'report: { glue-job: load, after: load, args: { n: "{% $tasks.load.rows %}" } }'),
  },
  { title: 'Step Functions’ $states', file: reading('{% $states.input.day %}') },
  { title: 'a single = in a comparison of JavaScript', file: reading('{% $run.id == 5 %}') },
  {
    title: 'quotes of the wrong kind',
    file: pipeline('tasks:', '  load: { glue-job: load, args: { x: "{% "a" & $run.id %}" } }'),
  },
  { title: 'a bracket that is never closed', file: reading('{% $string($run.id %}') },
  { title: 'the date of today in JavaScript', file: reading('{% new Date() %}') },
  {
    title: 'a param read without $',
    file: reading('{% params.day %}', 'params: { day: { type: date, default: 2026-11-21 } }'),
  },
];

const triggers: readonly Mistake[] = [
  { title: 'a schedule of five fields', file: trigger('schedule: "0 3 * * 1-5"') },
  { title: 'a schedule of the 30th of February', file: trigger('schedule: "at(2027-02-30T00:00:00)"') },
  { title: 'a rate in seconds', file: trigger('schedule: "rate(30 seconds)"') },
  { title: 'a schedule with an offset for a zone', file: trigger('schedule: "rate(1 day)", timezone: "+01:00"') },
  { title: 'an interval without a unit', file: trigger('schedule: "rate(1 day)", interval: 1d') },
  { title: 'catchup as a flag', file: trigger('schedule: "rate(1 day)", interval: day, catchup: true') },
  { title: 'a bucket with a folder', file: trigger('s3: { bucket: landing/orders }') },
  { title: 'a key that binds what is no parameter', file: trigger('s3: { bucket: landing, key: "{day}/*" }') },
  { title: 'a regular expression in the key', file: trigger('s3: { bucket: landing, key: "^orders/[0-9]+" }') },
  {
    title: 'an S3 trigger that writes an event’s name',
    file: trigger('s3: { bucket: landing, events: ["s3:ObjectCreated:*"] }'),
  },
  { title: 'a batch that only a size ends', file: trigger('s3: { bucket: landing }, batch: { size: 10 }') },
  { title: 'two kinds in one trigger', file: trigger('s3: { bucket: landing }, schedule: "rate(1 day)"') },
  {
    title: 'an interval of a parameter that the key does not bind',
    file: trigger(
      's3: { bucket: landing, key: "a/*" }, interval: "{day}"',
      'params: { day: { type: date, default: 2026-11-21 } }',
    ),
  },
  { title: 'an event pattern with an underscore', file: trigger('event: { source: aws.rds, detail_type: Export }') },
  {
    title: 'an event pattern with an unknown filter',
    file: trigger('event: { source: shop, detail: { total: [{ greater: 5 }] } }'),
  },
  { title: 'datasets as a list', file: trigger('datasets: [orders, customers]') },
  {
    title: 'a dataset that nothing publishes',
    file: trigger('datasets: { all: [ordres] }'),
    others: { 'q.yml': 'pipeline: q\ntasks: { t: { glue-job: load, publishes: orders } }\n' },
  },
  {
    title: 'a deadline without quotes',
    file: trigger('datasets: { all: [orders] }, by: 7:00'),
    others: { 'q.yml': 'pipeline: q\ntasks: { t: { glue-job: load, publishes: orders } }\n' },
  },
  {
    title: 'a pipeline that is not there',
    file: trigger('pipeline: { name: ordres }'),
    others: { 'q.yml': 'pipeline: orders\ntasks: { t: { glue-job: load } }\n' },
  },
  { title: 'the API as a path', file: trigger('api: /runs') },
  {
    title: 'a status of Glue where a run’s is meant',
    file: trigger('pipeline: { name: q, status: STOPPED }'),
    others: { 'q.yml': 'pipeline: q\ntasks: { t: { glue-job: load } }\n' },
  },
];

const files: readonly Mistake[] = [
  {
    title: 'a parameter of an unknown type',
    file: pipeline('params: { day: { type: datetime } }', 'tasks: { load: { glue-job: load } }'),
  },
  {
    title: 'a parameter with its value only',
    file: pipeline('params: { day: 2026-11-21 }', 'tasks: { load: { glue-job: load } }'),
  },
  {
    title: 'a default of another type',
    file: pipeline('params: { n: { type: integer, default: "many" } }', 'tasks: { load: { glue-job: load } }'),
  },
  {
    title: 'a parameter with a hyphen',
    file: pipeline('params: { load-day: { type: date, default: 2026-11-21 } }', 'tasks: { load: { glue-job: load } }'),
  },
  { title: 'runs as a number', file: pipeline('runs: 3', 'tasks: { load: { glue-job: load } }') },
  { title: 'runs: max: 0', file: pipeline('runs: { max: 0 }', 'tasks: { load: { glue-job: load } }') },
  { title: 'a job that is spelt otherwise', file: task('glue-job: laod') },
  {
    title: 'a script that is not there',
    file: task('glue-job: load'),
    jobs: 'jobs:\n  load: { script: jobs/laod.py, type: pythonshell }\n',
  },
  {
    title: 'a job of an unknown type',
    file: task('glue-job: load'),
    jobs: 'jobs:\n  load: { script: load.py, type: spark }\n',
  },
  {
    title: 'workers as a number',
    file: task('glue-job: load'),
    jobs: 'jobs:\n  load: { script: load.py, type: glueetl, workers: 5 }\n',
  },
  {
    title: 'a script in a bucket',
    file: task('glue-job: load'),
    jobs: 'jobs:\n  load: { script: "s3://code/load.py", type: glueetl }\n',
  },
  {
    title: 'a library of the project as an argument',
    file: task('glue-job: load'),
    jobs: 'jobs:\n  load: { script: load.py, type: glueetl, args: { extra-py-files: libs/common.py } }\n',
  },
  { title: 'jobs as a list', file: task('glue-job: load'), jobs: 'jobs:\n  - name: load\n    script: load.py\n' },
  {
    title: 'a job’s Glue version as a number',
    file: task('glue-job: load'),
    jobs: 'jobs:\n  load: { script: load.py, type: glueetl, glueVersion: 5.0 }\n',
  },
];

export const mistakes: readonly Mistake[] = [
  ...tasks,
  ...expressions,
  ...triggers,
  ...files,
  ...kindMistakes,
  ...projectMistakes,
  ...poolMistakes,
];
