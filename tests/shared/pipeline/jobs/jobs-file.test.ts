import { expect, test } from 'vitest';
import { readJobs } from '../../../../shared/pipeline/jobs/jobs-file.ts';

test('jobs are read with their defaults', () => {
  const { jobs, problems } = readJobs(
    `jobs:
  extract:
    script: jobs/extract.py
    type: pythonshell
    maxCapacity: 0.0625
    args: { query: SELECT 1 }
    local: { command: [python3, -u] }
  report:
    script: jobs/report.py
    type: glueetl
    glueVersion: "5.1"
    workers: { type: G.1X, count: 2 }
    maxConcurrentRuns: 3
    timeout: 90m
  curate: {}
`,
    'jobs.yml',
  );
  expect(problems).toEqual([]);
  expect(jobs).toEqual({
    extract: {
      name: 'extract',
      script: 'jobs/extract.py',
      type: 'pythonshell',
      maxCapacity: 0.0625,
      args: { query: 'SELECT 1' },
      maxConcurrentRuns: 1,
      local: { command: ['python3', '-u'] },
    },
    report: {
      name: 'report',
      script: 'jobs/report.py',
      type: 'glueetl',
      glueVersion: '5.1',
      workers: { type: 'G.1X', count: 2 },
      args: {},
      maxConcurrentRuns: 3,
      timeoutMinutes: 90,
    },
    curate: { name: 'curate', type: 'glueetl', args: {}, maxConcurrentRuns: 1 },
  });
});

test('a job’s settings for AWS are read', () => {
  const text = `jobs:
  load:
    script: jobs/load.py
    type: glueetl
    connections: warehouse
    role: arn:aws:iam::111122223333:role/load
    securityConfiguration: encrypted
    executionClass: FLEX
    queuing: true
    tags: { team: data }
    files: [jobs/lib/orders.py, jobs/driver.jar]
    properties: { NotificationProperty: { NotifyDelayAfter: 60 } }
`;
  const { jobs, problems } = readJobs(text, 'jobs.yml');
  expect(problems).toEqual([]);
  expect(jobs.load).toEqual({
    name: 'load',
    script: 'jobs/load.py',
    type: 'glueetl',
    args: {},
    maxConcurrentRuns: 1,
    connections: ['warehouse'],
    role: 'arn:aws:iam::111122223333:role/load',
    securityConfiguration: 'encrypted',
    executionClass: 'FLEX',
    queuing: true,
    tags: { team: 'data' },
    files: ['jobs/lib/orders.py', 'jobs/driver.jar'],
    properties: { NotificationProperty: { NotifyDelayAfter: 60 } },
  });
});

test.each([
  [
    'a role of an existing job',
    '{ role: arn:aws:iam::111122223333:role/load }',
    ['2:8 `role` has no effect on a job without a script'],
  ],
  [
    'a Python shell job on spare capacity',
    '{ script: a.py, type: pythonshell, executionClass: FLEX }',
    ['2:41 a Python shell job cannot run as FLEX'],
  ],
  [
    'retries by Glue',
    '{ script: a.py, type: glueetl, properties: { MaxRetries: 3 } }',
    ['2:51 `MaxRetries` is set by Gluewright, which depends on its value'],
  ],
  ['a script without a type', '{ script: a.py }', ['2:3 the job has a script but no `type`']],
  ['an unknown key', '{ scrpt: a.py }', ['2:8 unknown key `scrpt`']],
  [
    'an unknown type',
    '{ type: python }',
    ['2:14 `jobs.a.type` should be one of `pythonshell`, `glueetl`, but is `python`'],
  ],
  [
    'a misspelt type with the fields of the right one',
    '{ script: a.py, type: pythonshel, maxCapacity: 1 }',
    ['2:28 `jobs.a.type` should be one of `pythonshell`, `glueetl`, but is `pythonshel`'],
  ],
  [
    'a version that YAML reads as a number',
    '{ glueVersion: 4.0 }',
    ['2:21 `jobs.a.glueVersion` should be a Glue version in quotes, such as "5.1", but is the number 4'],
  ],
  [
    'an argument that is not text',
    '{ args: { n: 1 } }',
    ['2:19 `jobs.a.args.n` should be a text, as all arguments of Glue are, but is the number 1'],
  ],
  ['an argument with dashes', '{ args: { --n: "1" } }', ['2:16 the argument `--n` is written with dashes']],
  [
    'workers of a Python shell job',
    '{ type: pythonshell, workers: { type: G.1X, count: 2 } }',
    ['2:27 a Python shell job has no workers'],
  ],
  ['half a DPU', '{ type: pythonshell, maxCapacity: 0.5 }', ['2:27 a Python shell job cannot have 0.5 DPUs']],
  ['DPUs of a Spark job', '{ type: glueetl, maxCapacity: 1 }', ['2:23 `maxCapacity` is for Python shell jobs']],
  [
    'an endless timeout',
    '{ timeout: 7d }',
    ['2:17 a timeout of 7d is too long for Glue, which takes less than 7 days'],
  ],
])('%s is a problem of that job only', (_, job, expected) => {
  const { jobs, declared, problems } = readJobs(`jobs:\n  a: ${job}\n  b: {}\n`, 'jobs.yml');
  expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(expected);
  expect(Object.keys(jobs)).toEqual(['b']);
  expect([...declared.job]).toEqual(['a', 'b']);
});

test('an empty file describes no jobs and no crawlers', () => {
  expect(readJobs('{}', 'jobs.yml')).toMatchObject({
    jobs: {},
    crawlers: {},
    rulesets: {},
    declared: { job: new Set(), crawler: new Set(), ruleset: new Set() },
    problems: [],
  });
});

test('a crawler has a database and folders, and an invalid one is left out', () => {
  const { crawlers, jobs, problems } = readJobs(
    `crawlers:
  raw: { database: sales, path: s3://landing/orders/, tablePrefix: raw_, exclude: "**.tmp" }
  both: { database: sales, path: [s3://landing/a/, s3://landing/b/] }
  bad: { database: Sales, path: landing/orders }
jobs:
  load: {}
`,
    'jobs.yml',
  );
  expect(crawlers).toEqual({
    raw: {
      name: 'raw',
      database: 'sales',
      paths: ['s3://landing/orders/'],
      tablePrefix: 'raw_',
      exclusions: ['**.tmp'],
    },
    both: {
      name: 'both',
      database: 'sales',
      paths: ['s3://landing/a/', 's3://landing/b/'],
      tablePrefix: '',
      exclusions: [],
    },
  });
  expect(Object.keys(jobs)).toEqual(['load']);
  expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '4 `crawlers.bad.database` should be a database of the Data Catalog: lower-case letters, digits and _, but is `Sales`',
    '4 `crawlers.bad.path` should be an address in S3, such as s3://landing/orders/, but is `landing/orders`',
  ]);
});

test.each([
  ['{ slots: 4 }', 'write `w: 4`'],
  ['{ places: 0 }', 'write `warehouse: 4` or `warehouse: { places: 4, description: … }`'],
  ['{ places: 2000 }', 'write `warehouse: 4` or `warehouse: { places: 4, description: … }`'],
])('the remedy for the pool %s is a valid number of places', (written, remedy) => {
  expect(readJobs(`pools: { w: ${written} }`, 'jobs.yml').problems).toMatchObject([{ remedy }]);
});
