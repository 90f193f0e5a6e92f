import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { missing } from '../examples/run-example.ts';
import { createProject, gluewright } from './project-folder.ts';
import { createTestTerminal } from './test-terminal.ts';

const sales: Readonly<Record<string, string>> = {
  name: 'sales',
  source: 's3://landing/sales/',
  format: 'json',
  target: 's3://lake/',
  group: 'category',
  value: 'price',
  date: 'datetime',
  schedule: 'cron(0 6 1 1 ? *)',
};
/** Names as the outside world has them, and no schedule. */
const trips: Readonly<Record<string, string>> = {
  name: 'city-trips',
  source: 's3://landing/trips/raw-2021',
  format: 'csv',
  target: 's3://lake',
  group: 'Bike: "type" #1',
  value: "Fare' ($)",
  date: 'Start date',
};
const words = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
const make = (root: string, values: Readonly<Record<string, string>>, ...more: string[]) =>
  gluewright(root, 'new', '--template', 'lake-report', ...words(values), ...more);

function put(root: string, address: string, content: string): void {
  const path = join(root, '.gluewright/s3', address);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

test('two pipelines of the template live in one project, and both make the right report', async (c) => {
  const root = createProject({ 'jobs/jobs.yml': '# ours\njobs: {}\n' });
  expect(await make(root, sales)).toMatchObject({
    code: 0,
    err: '',
    out: 'created  statemachines/sales.yml\ncreated  jobs/sales-partition.py\ncreated  jobs/sales-report.py\nchanged  jobs/jobs.yml\n',
  });
  expect(await make(root, trips)).toMatchObject({ code: 0, err: '' });
  expect(await gluewright(root, 'validate', '--strict')).toMatchObject({ code: 0, err: '' });
  expect(readFileSync(join(root, 'jobs/jobs.yml'), 'utf8')).toContain('# ours');

  const why = missing();
  if (why !== undefined) return c.skip(why);
  const sale = (price: unknown, category: string, datetime: string) => JSON.stringify({ price, category, datetime });
  const lines = [
    sale('$1,000.50', 'Books', '2021-05-01 10:00:00'),
    sale(0.1, 'Books', '2021-05-02'),
    sale('-2.00', "A/B='c'", '02.05.2021'),
    sale('9', 'Books', '2020-05-02'),
    // ambiguous or missing: left out
    ...[sale('1.234,56', 'Books', '2021-05-02'), sale('1', 'Books', 'yesterday'), 'no JSON'],
  ];
  put(root, 'landing/sales/sales.json', `${lines.join('\n')}\n`);
  put(root, 'landing/trips/raw-2021/a.csv', `"Bike: ""type"" #1",Fare' ($),Start date\nold,3.25,05/01/2021\n`);
  put(
    root,
    'landing/trips/raw-2021/b.csv',
    `"Bike: ""type"" #1",Fare' ($),Start date\nold,0.05,2021-06-03\nnew,7,2021\n`,
  );
  for (const name of ['sales', 'city-trips']) {
    const ran = await gluewright(root, 'run', name, '--param', 'report_year=2021');
    expect(ran, ran.out + ran.err).toMatchObject({ code: 0 });
  }

  const report = (name: string) =>
    readFileSync(join(root, `.gluewright/s3/lake/${name}/reports/2021/report.csv`), 'utf8');
  expect(report('sales')).toBe(`category,total_price,report_year\nA/B='c',-2.00,2021\nBooks,1000.60,2021\n`);
  expect(report('city-trips')).toBe(`"Bike: ""type"" #1",total_Fare' ($),report_year\nnew,7.00,2021\nold,3.30,2021\n`);
});

test('a name that is taken is refused before anything is written', async () => {
  const root = createProject({ 'jobs/jobs.yml': 'crawlers:\n  sales-lake: { database: x, path: s3://a-b/ }\n' });
  expect(await make(root, sales)).toMatchObject({
    code: 2,
    err: 'gluewright: jobs/jobs.yml already has a crawler sales-lake\n',
  });
  expect(existsSync(join(root, 'statemachines/sales.yml'))).toBe(false);
  expect(existsSync(join(root, 'jobs/sales-report.py'))).toBe(false);

  expect((await make(root, { ...sales, name: 'other' })).code).toBe(0);
  expect((await make(root, { ...sales, name: 'other' })).err).toContain('statemachines/other.yml already exists');
});

test.each(['jobs: {', '- load\n', 'jobs: [load]\n', 'load'])(
  'a jobs file with errors, such as %j, is refused before anything is written',
  async (text) => {
    const root = createProject({ 'jobs/jobs.yml': text });
    for (const added of [make(root, sales), gluewright(root, 'new', 'job', 'sales')]) {
      expect(await added).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^gluewright: jobs\/jobs.yml has errors: /),
      });
    }
    expect(readFileSync(join(root, 'jobs/jobs.yml'), 'utf8')).toBe(text);
    expect(existsSync(join(root, 'statemachines/sales.yml'))).toBe(false);
  },
);

test.each<[Readonly<Record<string, string>>, RegExp]>([
  [{ ...sales, target: 's3://landing/' }, /source and target overlap/],
  [{ ...sales, source: 's3://lake/' }, /source and target overlap/],
  [{ ...sales, year: '2021' }, /there is no parameter year; there are name, source/],
  [{ ...sales, format: 'xml', date: '{% 1 %}' }, /format: xml is not one of csv, json\n.*date: /],
  [{ name: 'sales' }, /source is missing: give --param source=VALUE(.*\n){5}.*date is missing/],
])('%j is refused', async (values, message) => {
  const root = createProject({});
  expect(await make(root, values)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  expect(existsSync(join(root, 'jobs/jobs.yml'))).toBe(false);
});

test.each([
  [['--template', 'lake'], 'there is no template lake; there are lake-report'],
  [['piepline'], 'new piepline is not known: there are pipeline, job, test and --template'],
])('new %j is refused', async (given, message) => {
  expect(await gluewright(createProject({}), 'new', ...given)).toMatchObject({
    code: 2,
    err: expect.stringContaining(message),
  });
});

test('on a terminal, missing parameters are asked for until they are valid', async () => {
  const root = createProject({});
  const terminal = createTestTerminal(root);
  const { name = '', source = '', ...rest } = sales;
  const answers = ['Sales Report', name, source, rest.format ?? '', ''];
  const asked: string[] = [];
  const ask = async (question: string): Promise<string> => {
    asked.push(question.split(':')[0] ?? '');
    return answers.shift() ?? '';
  };
  const { target = '', group = '', value = '', date = '' } = rest;
  const code = await runCli(['new', '--template', 'lake-report', ...words({ target, group, value, date })], {
    ...terminal,
    ask,
  });
  expect(code).toBe(0);
  expect(asked).toEqual(['name', 'name', 'source', 'format', 'schedule']);
  expect(terminal.stderr()).toContain('Sales Report is not a name');
  const text = readFileSync(join(root, 'statemachines/sales.yml'), 'utf8');
  expect(text).not.toContain('cron(');
  expect(text).toContain('report_year: { type: integer, description: The year to report }');
});
