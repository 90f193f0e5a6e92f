import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { expectRun, simulate } from '../../../testing/testing.ts';
import { createProject, gluewright } from '../project-folder.ts';
import { createTestTerminal } from '../test-terminal.ts';

const jobs = '# ours\njobs:\n  load: { script: jobs/load.py, type: pythonshell } # keep me\n';
const project = () => createProject({ 'jobs/jobs.yml': jobs, 'jobs/load.py': 'pass\n' });

test.each([
  ['nothing but its job', ['--job', 'load']],
  ['a schedule and a date', ['--job', 'load', '--schedule', 'cron(0 3 * * ? *)', '--param', 'day=date']],
  ['an arrival that binds a parameter', ['--job', 'load', '--arrival', 's3://landing/sales/{day}.csv']],
  ['an arrival that binds a date', ['-j', 'load', '--arrival', 's3://landing/{day}.csv', '-p', 'day=date']],
  [
    'both, and parameters of every other type',
    [
      ...['-j', 'load', '--arrival', 's3://landing/{shop}.csv', '--schedule', 'rate(1 hours)', '--timezone', 'UTC'],
      ...['-p', 'n=integer', '-p', 'x=number', '-p', 'b=boolean', '-p', 'o=object', '-p', 'l=array', '-p', 's=string'],
    ],
  ],
])('a new pipeline with %s has no errors', async (_, options) => {
  const root = project();
  const added = await gluewright(root, 'new', 'pipeline', 'sales', ...options);
  expect(added).toMatchObject({ code: 0, err: '', out: 'created  statemachines/sales.yml\n' });
  expect(await gluewright(root, 'validate')).toMatchObject({ code: 0, out: expect.stringContaining('no errors') });
});

test('several jobs become a chain', async () => {
  const root = project();
  await gluewright(root, 'new', 'job', 'report');
  await gluewright(root, 'new', 'pipeline', 'sales', '--job', 'load', '--job', 'report');
  expect(readFileSync(join(root, 'statemachines/sales.yml'), 'utf8')).toContain('glue-job: report\n    after: load\n');
});

test('a new job joins the others, whose comments stay, and gets a script', async () => {
  const root = project();
  const { out } = await gluewright(root, 'new', 'job', 'report', '--type', 'glueetl');
  expect(out).toBe('changed  jobs/jobs.yml\ncreated  jobs/report.py\n');
  const text = readFileSync(join(root, 'jobs/jobs.yml'), 'utf8');
  expect(text).toContain('# ours');
  expect(text).toContain('# keep me');
  expect(text).toContain('report:\n    script: jobs/report.py\n    type: glueetl');
  expect((await gluewright(root, 'validate')).code).toBe(0);
});

test('as JSON it says which files it wrote, and what is wrong with them', async () => {
  const { out } = await gluewright(project(), 'new', 'job', 'report', '--json');
  expect(JSON.parse(out)).toEqual({ files: ['jobs/jobs.yml', 'jobs/report.py'], problems: [] });
});

test('a script that is there stays as it is', async () => {
  const root = createProject({ 'etl/old.py': 'mine\n' });
  const { out } = await gluewright(root, 'new', 'job', 'old', '--script', 'etl/old.py');
  expect(out).toBe('changed  jobs/jobs.yml\n');
  expect(readFileSync(join(root, 'etl/old.py'), 'utf8')).toBe('mine\n');
});

test('a new test names the tasks of its pipeline', async () => {
  const root = project();
  await gluewright(root, 'new', 'pipeline', 'sales', '--job', 'load');
  expect((await gluewright(root, 'new', 'test', 'sales')).out).toBe('created  tests/sales.test.mjs\n');
  const text = readFileSync(join(root, 'tests/sales.test.mjs'), 'utf8');
  expect(text).toContain(`const file = 'statemachines/sales.yml';`);
  expect(text).toContain(`tasksToBe('succeeded', 'load')`);
});

test.each([
  ['nothing', []],
  ['a date without a default', ['--arrival', 's3://landing/sales/{day}.csv', '--param', 'day=date']],
  ['an interval', ['--schedule', 'cron(0 3 * * ? *)', '--param', 'day=date']],
])('a new test gives its pipeline %s, so that its runs start', async (_, options) => {
  const root = project();
  await gluewright(root, 'new', 'pipeline', 'sales', '--job', 'load', ...options);
  await gluewright(root, 'new', 'test', 'sales');
  const text = readFileSync(join(root, 'tests/sales.test.mjs'), 'utf8');
  const [, given = ''] = /^const options = (.*);$/m.exec(text) ?? [];
  const run = await simulate(join(root, 'statemachines/sales.yml'), runInNewContext(`(${given})`));
  expectRun(run).toHaveSucceeded();
});

test.each([
  [['pipeline', 'load', '--job', 'load', '--param', 'day=day'], '--param day: day is not a type; there are string'],
  [['pipeline', '../up', '--job', 'load'], '../up is not a name: use letters, digits, - and _'],
  [['pipeline', 'sales', '--job', 'load', '--arrival', 'landing'], '--arrival takes s3://BUCKET/KEY, not landing'],
  [['pipeline', 'sales'], 'its job: give --job'],
  [['job'], 'name of the job: give NAME'],
  [['job', 'load'], 'jobs/jobs.yml already has a job load'],
  [['job', 'x', '--type', 'ray'], '--type takes pythonshell or glueetl, not ray'],
])('new %j is refused', async (words, message) => {
  const root = project();
  const { code, err } = await gluewright(root, 'new', ...words);
  expect(err).toContain(`gluewright: ${message}`);
  expect(code).toBe(2);
  expect(existsSync(join(root, 'statemachines/sales.yml'))).toBe(false);
});

test('an existing file is not overwritten', async () => {
  const root = project();
  await gluewright(root, 'new', 'pipeline', 'sales', '--job', 'load');
  const again = await gluewright(root, 'new', 'pipeline', 'sales', '--job', 'other');
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining('statemachines/sales.yml already exists') });
  expect(readFileSync(join(root, 'statemachines/sales.yml'), 'utf8')).not.toContain('other');
});

test('on a terminal, what was left out is asked for', async () => {
  const root = project();
  const asked: string[] = [];
  const answers = new Map([
    ['Name of the pipeline: ', 'sales'],
    ['Its job: ', 'load'],
  ]);
  const terminal = createTestTerminal(root);
  const ask = async (question: string): Promise<string> => {
    asked.push(question);
    return answers.get(question) ?? '';
  };
  expect(await runCli(['new', 'pipeline'], { ...terminal, ask })).toBe(0);
  expect(asked).toEqual([...answers.keys()]);
  expect(existsSync(join(root, 'statemachines/sales.yml'))).toBe(true);
});
