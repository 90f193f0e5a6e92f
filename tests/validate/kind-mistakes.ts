import { type Mistake, pipeline, task } from './mistake.ts';

const day = 'params: { day: { type: date, default: 2026-11-21 } }';
const inner =
  'pipeline: inner\nparams: { region: { type: string }, rows: { type: integer, default: 1 } }\n' +
  'tasks: { load: { glue-job: load } }\n';

const nested: readonly Mistake[] = [
  { title: 'a nested pipeline that does not exist', file: task('pipeline: iner'), others: { 'q.yml': inner } },
  {
    title: 'a nested pipeline as a path',
    file: task('pipeline: ./inner.yml, params: { region: north }'),
    others: { 'q.yml': inner },
  },
  { title: 'a nested pipeline without its parameter', file: task('pipeline: inner'), others: { 'q.yml': inner } },
  {
    title: 'a parameter that the nested pipeline spells otherwise',
    file: task('pipeline: inner, params: { regoin: north }'),
    others: { 'q.yml': inner },
  },
  {
    title: 'a number in words for the nested pipeline',
    file: task('pipeline: inner, params: { region: north, rows: many }'),
    others: { 'q.yml': inner },
  },
  {
    title: 'args for a nested pipeline',
    file: task('pipeline: inner, args: { region: north }'),
    others: { 'q.yml': inner },
  },
  {
    title: 'an output of a task that the nested pipeline does not have',
    file: task('pipeline: inner, params: { region: north }, outputs: report'),
    others: { 'q.yml': inner },
  },
  {
    title: 'an output of a nested pipeline that would hide its run',
    file: task('pipeline: inner, outputs: run'),
    others: { 'q.yml': 'pipeline: inner\ntasks: { run: { glue-job: load } }\n' },
  },
  {
    title: 'an interval for a nested pipeline on a day that does not exist',
    file: task('pipeline: inner, params: { region: north }, interval: { start: 2026-02-28, end: 2026-02-30 }'),
    others: { 'q.yml': inner },
  },
  {
    title: 'an interval for a nested pipeline as a word',
    file: task('pipeline: inner, params: { region: north }, interval: day'),
    others: { 'q.yml': inner },
  },
  {
    title: 'a nested pipeline that reads an interval nobody gives it',
    file: task('pipeline: daily'),
    others: { 'q.yml': 'pipeline: daily\ntasks: { t: { glue-job: load, args: { d: "{% $interval.start %}" } } }\n' },
  },
  {
    title: 'a pipeline that runs itself',
    file: task('pipeline: p'),
  },
  {
    title: 'a nested pipeline whose output is read as the task’s own',
    file: task(
      'pipeline: inner, params: { region: north }, outputs: load',
      'report: { glue-job: load, after: load, args: { n: "{% $tasks.inner.output.rows %}" } }',
    ),
    others: { 'q.yml': inner },
  },
];

const crawlers: readonly Mistake[] = [
  { title: 'a crawler as a list', file: task('crawler: [raw, clean]') },
  {
    title: 'a crawler that is spelt otherwise',
    file: task('crawler: rwa'),
    jobs: 'crawlers:\n  raw: { database: sales, path: s3://landing/ }\n',
  },
  {
    title: 'a crawler with its definition in the task',
    file: task('crawler: raw, database: sales, path: s3://landing/'),
    jobs: 'crawlers:\n  raw: { database: sales, path: s3://landing/ }\n',
  },
  {
    title: 'arguments for a crawler',
    file: task('crawler: raw, args: { day: x }'),
    jobs: 'crawlers:\n  raw: { database: sales, path: s3://landing/ }\n',
  },
  {
    title: 'a crawler’s output is read',
    file: task(
      'crawler: raw',
      'report: { glue-job: job, after: load, args: { n: "{% $tasks.load.output.tables %}" } }',
    ),
    jobs: 'jobs: { job: { script: load.py, type: pythonshell } }\ncrawlers:\n  raw: { database: sales, path: s3://landing/ }\n',
  },
  {
    title: 'what to do with a running crawl in another word',
    file: task('crawler: raw, running: skip'),
    jobs: 'crawlers:\n  raw: { database: sales, path: s3://landing/ }\n',
  },
];

const queries: readonly Mistake[] = [
  { title: 'a query without a database', file: task('athena: "SELECT 1"') },
  {
    title: 'a query with an expression in the middle',
    file: pipeline(
      day,
      'tasks:',
      '  load: { athena: "SELECT * FROM o WHERE d = \'{% $params.day %}\'", database: sales }',
    ),
  },
  {
    title: 'a query with a question mark and no value',
    file: task('athena: "SELECT * FROM o WHERE d = ?", database: sales'),
  },
  {
    title: 'values of a query by their names',
    file: task('athena: "SELECT * FROM o WHERE d = ?", database: sales, args: { d: 2026-11-21 }'),
  },
  { title: 'a query as a file', file: task('athena: { file: sql/orders.sql }, database: sales') },
  { title: 'a result without its bucket', file: task('athena: "SELECT 1", database: sales, result: results/') },
  { title: 'Athena’s own word for a workgroup', file: task('athena: "SELECT 1", database: sales, WorkGroup: etl') },
];

const rules = 'rulesets:\n  orders: |\n    Rules = [ RowCount > 0 ]\n';
const role = 'role: arn:aws:iam::111122223333:role/quality';

const quality: readonly Mistake[] = [
  {
    title: 'a ruleset that is spelt otherwise',
    file: task(`data-quality: ordres, database: sales, table: orders, ${role}`),
    jobs: rules,
  },
  {
    title: 'rules in the task itself',
    file: task(`data-quality: "Rules = [ RowCount > 0 ]", database: sales, table: orders, ${role}`),
    jobs: rules,
  },
  {
    title: 'a score in percent',
    file: task(`data-quality: orders, database: sales, table: orders, ${role}, score: 90`),
    jobs: rules,
  },
  {
    title: 'data quality without a role',
    file: task('data-quality: orders, database: sales, table: orders'),
    jobs: rules,
  },
];

const containers: readonly Mistake[] = [
  { title: 'a container on Fargate without a network', file: task('ecs: dbt') },
  { title: 'a subnet by its name', file: task('ecs: dbt, subnets: private-a') },
  { title: 'a container’s image', file: task('ecs: dbt, subnets: subnet-0a1b, image: "dbt:1.9"') },
  { title: 'ECS’s own word for variables', file: task('ecs: dbt, subnets: subnet-0a1b, environment: { A: b }') },
  { title: 'a container’s command as one text', file: task('ecs: dbt, subnets: subnet-0a1b, command: dbt run') },
  { title: 'a variable with Gluewright’s prefix', file: task('ecs: dbt, launchType: EC2, env: { GLUEWRIGHT_RUN: x }') },
  { title: 'a task definition by another tool’s word', file: task('RunTask: dbt, launchType: EC2') },
];

const warehouse = 'database: dev, cluster: dwh';
const statements: readonly Mistake[] = [
  { title: 'a statement without a cluster', file: task('redshift: "SELECT 1", database: dev') },
  {
    title: 'a statement with an expression in the middle',
    file: pipeline(day, 'tasks:', `  load: { redshift: "SELECT '{% $params.day %}'", ${warehouse} }`),
  },
  { title: 'a statement that is an expression', file: task(`redshift: "{% $params.sql %}", ${warehouse}`) },
  { title: 'a parameter of a statement without a value', file: task(`redshift: "CALL load(:day)", ${warehouse}`) },
  { title: 'a value that no statement has', file: task(`redshift: "CALL load()", ${warehouse}, args: { day: 1 }`) },
  { title: 'values of a statement in a list', file: task(`redshift: "CALL load(:day)", ${warehouse}, args: [1]`) },
  { title: 'Redshift’s own word for a user', file: task(`redshift: "CALL load()", ${warehouse}, DbUser: etl`) },
  { title: 'a user beside a secret', file: task(`redshift: "CALL load()", ${warehouse}, secret: dwh/etl, user: etl`) },
];

const clusters: readonly Mistake[] = [
  {
    title: 'a job of EMR Serverless without a script',
    file: task('emr-serverless: app1, role: "arn:aws:iam::111122223333:role/spark"'),
  },
  {
    title: 'a role of EMR Serverless by its name',
    file: task('emr-serverless: app1, role: spark, script: s3://code/a.py'),
  },
  {
    title: 'EMR’s own word for the script',
    file: task('emr-serverless: app1, role: spark, entryPoint: s3://code/a.py'),
  },
  { title: 'a step of EMR without a command', file: task('emr-step: j-123456789ABCD') },
  { title: 'a cluster of EMR by its name', file: task('emr-step: etl, args: [spark-submit, s3://code/a.py]') },
  { title: 'EMR by another tool’s word', file: task('emr: j-123456789ABCD, args: [spark-submit, s3://code/a.py]') },
  { title: 'a job of Batch without its queue', file: task('batch: load') },
  { title: 'Batch’s own word for the queue', file: task('batch: load, jobQueue: spot') },
  { title: 'an array of one job', file: task('batch: load, queue: spot, size: 1') },
];

const waiting: readonly Mistake[] = [
  { title: 'a wait in seconds without a unit', file: task('wait: 30') },
  { title: 'a wait until a time of day', file: task('wait: "06:00"') },
  { title: 'Step Functions’ wait', file: task('wait: { Seconds: 30 }') },
  { title: 'an approval without its question', file: task('approval: true') },
  { title: 'an approver as a mapping', file: task('approval: "Publish?", by: { email: ann@example.com }') },
  { title: 'an approval with a timeout', file: task('approval: "Publish?", timeout: 2h, within: 4h') },
  { title: 'an approval that ends in another word', file: task('approval: "Publish?", otherwise: skip') },
  { title: 'an approval replaced locally', file: task('approval: "Publish?", local: { simulate: 1s }') },
  { title: 'a sensor of a bare address', file: task('sensor: s3://landing/done') },
  { title: 'a sensor with a pattern', file: task('sensor: { object: "s3://landing/*.csv" }') },
  { title: 'a sensor that looks each second', file: task('sensor: { object: s3://landing/done }, every: 1s') },
  {
    title: 'a sensor of a bucket and a key',
    file: task('sensor: { bucket: landing, key: done }'),
  },
  {
    title: 'a sensor of a dataset that nothing publishes',
    file: task('sensor: { dataset: ordres }'),
    others: { 'q.yml': 'pipeline: q\ntasks: { t: { glue-job: load, publishes: orders } }\n' },
  },
  {
    title: 'a sensor of a dataset for an interval in a word',
    file: task('sensor: { dataset: orders, interval: day }'),
    others: { 'q.yml': 'pipeline: q\ntasks: { t: { glue-job: load, publishes: orders } }\n' },
  },
];

const local: readonly Mistake[] = [
  { title: 'a local command as one text', file: task('crawler: raw, local: { command: node tools/load.mjs }') },
  { title: 'a local task that does both', file: task('crawler: raw, local: { simulate: 1s, command: [node, x.mjs] }') },
  { title: 'a local output without a way to it', file: task('crawler: raw, local: { output: { rows: 1 } }') },
  { title: 'local as a flag', file: task('crawler: raw, local: true') },
];

export const kindMistakes: readonly Mistake[] = [
  ...nested,
  ...crawlers,
  ...queries,
  ...quality,
  ...containers,
  ...statements,
  ...clusters,
  ...waiting,
  ...local,
];
