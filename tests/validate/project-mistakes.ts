import { type Mistake, task } from './mistake.ts';

const file = task('glue-job: load');
const job = (body: string): string => `jobs:\n  load: { ${body} }\n`;
const crawler = (body: string): string => `${job('script: load.py, type: pythonshell')}crawlers:\n  raw: { ${body} }\n`;

const jobs: readonly Mistake[] = [
  { title: 'a job with a script and no type', file, jobs: job('script: load.py') },
  { title: 'a script in CloudFormation’s words', file, jobs: job('Command: { ScriptLocation: load.py }') },
  {
    title: 'workers in Glue’s words',
    file,
    jobs: job('script: load.py, type: glueetl, WorkerType: G.1X, NumberOfWorkers: 2'),
  },
  {
    title: 'a worker type that Glue does not have',
    file,
    jobs: job('script: load.py, type: glueetl, workers: { type: G1X, count: 2 }'),
  },
  {
    title: 'workers of a Python shell job',
    file,
    jobs: job('script: load.py, type: pythonshell, workers: { type: G.1X, count: 2 }'),
  },
  {
    title: 'DPUs that Python shell does not take',
    file,
    jobs: job('script: load.py, type: pythonshell, maxCapacity: 2'),
  },
  { title: 'a role by its name', file, jobs: job('script: load.py, type: pythonshell, role: glue-load') },
  { title: 'retries of the job', file, jobs: job('script: load.py, type: pythonshell, maxRetries: 2') },
  {
    title: 'a default argument with its hyphens',
    file,
    jobs: job('script: load.py, type: pythonshell, args: { --day: x }'),
  },
  { title: 'a default argument as a number', file, jobs: job('script: load.py, type: pythonshell, args: { n: 5 }') },
  { title: 'a module with its folder', file, jobs: job('script: load.py, type: pythonshell, files: lib/') },
  { title: 'a module that is not there', file, jobs: job('script: load.py, type: pythonshell, files: lib/orders.py') },
  {
    title: 'credentials for a local job',
    file,
    jobs: job('script: load.py, type: pythonshell, local: { env: { AWS_PROFILE: dev } }'),
  },
  {
    title: 'a local command as one text for a job',
    file,
    jobs: job('script: load.py, type: pythonshell, local: { command: python3 -u }'),
  },
  { title: 'a job’s timeout as a number', file, jobs: job('script: load.py, type: pythonshell, timeout: 60') },
  { title: 'a job’s timeout in words', file, jobs: job('script: load.py, type: pythonshell, timeout: 1 hour') },
  { title: 'FLEX for a Python shell job', file, jobs: job('script: load.py, type: pythonshell, executionClass: FLEX') },
  {
    title: 'the job’s name among its properties',
    file,
    jobs: job('script: load.py, type: pythonshell, properties: { Name: x }'),
  },
  { title: 'jobs without the key jobs', file, jobs: 'load: { script: load.py, type: pythonshell }\n' },
  {
    title: 'pipelines in jobs.yml',
    file,
    jobs: `${job('script: load.py, type: pythonshell')}tasks: { a: { glue-job: load } }\n`,
  },
  { title: 'an empty jobs.yml', file, jobs: '' },
  {
    title: 'a job twice',
    file,
    jobs: `${job('script: load.py, type: pythonshell')}  load: { script: load.py, type: glueetl }\n`,
  },
];

const crawlers: readonly Mistake[] = [
  { title: 'a crawler without a database', file, jobs: crawler('path: s3://landing/') },
  { title: 'a crawler’s path without s3://', file, jobs: crawler('database: sales, path: landing/orders/') },
  { title: 'a crawler’s database with a capital letter', file, jobs: crawler('database: Sales, path: s3://landing/') },
  {
    title: 'a crawler in Glue’s words',
    file,
    jobs: crawler('DatabaseName: sales, Targets: { S3Targets: [{ Path: s3://landing/ }] }'),
  },
  {
    title: 'a crawler with a schedule',
    file,
    jobs: crawler('database: sales, path: s3://landing/, schedule: "cron(0 3 * * ? *)"'),
  },
  {
    title: 'crawlers as a list',
    file,
    jobs: `${job('script: load.py, type: pythonshell')}crawlers:\n  - name: raw\n    database: sales\n`,
  },
];

const rulesets: readonly Mistake[] = [
  {
    title: 'a rule that DQDL does not have',
    file,
    jobs: `${job('script: load.py, type: pythonshell')}rulesets:\n  orders: |\n    Rules = [ IsFull "id" ]\n`,
  },
  {
    title: 'rules as a list',
    file,
    jobs: `${job('script: load.py, type: pythonshell')}rulesets:\n  orders: [RowCount > 0]\n`,
  },
  {
    title: 'rules with a comma missing',
    file,
    jobs: `${job('script: load.py, type: pythonshell')}rulesets:\n  orders: |\n    Rules = [ RowCount > 0 IsComplete "id" ]\n`,
  },
];

export const projectMistakes: readonly Mistake[] = [...jobs, ...crawlers, ...rulesets];
