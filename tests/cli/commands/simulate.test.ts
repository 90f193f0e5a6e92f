import { expect, test } from 'vitest';
import { createProject, gluewright } from '../project-folder.ts';

const files = {
  'statemachines/orders.yml': `pipeline: orders
tasks:
  orders: { glue-job: etl }
  weather: { glue-job: etl, tolerate: true, retry: { attempts: 2 } }
  report: { glue-job: etl, after: [orders, weather], when: none_failed }
`,
};

test('what failures do is shown without running anything', async () => {
  const shown = await gluewright(createProject(files), 'simulate', 'orders', '--fail', 'weather', '-s', 'orders=300');
  expect(shown.err).toBe('');
  expect(shown.out).toMatch(/^SUCCEEDED in 6m 00s/);
  expect(shown.out).toMatch(/weather +failed +\+0\.0s +2/);
  expect(shown.out).toMatch(/^weather: Glue\.JobFailed, /m);
  expect(shown.out).toMatch(/report +succeeded +\+5m 00s +1 +orders/);
});

test('many bad days have a distribution', async () => {
  const { out } = await gluewright(createProject(files), 'simulate', 'orders', '--faults', '--runs', '5', '--json');
  const summary = JSON.parse(out);
  expect(summary).toMatchObject({ runs: 5, statuses: { SUCCEEDED: 5 } });
  expect(summary.makespan.most).toBeGreaterThanOrEqual(summary.makespan.median);
});

test('runs that are later than the pipeline allows are counted', async () => {
  const text = `runs: { late: 5m }\n${files['statemachines/orders.yml']}`;
  const folder = createProject({ 'statemachines/orders.yml': text });
  expect((await gluewright(folder, 'simulate', 'orders')).out).toMatch(/^SUCCEEDED in 2m 00s; none late, after 5m 00s/);
  const slow = await gluewright(folder, 'simulate', 'orders', '-s', 'orders=300');
  expect(slow.out).toMatch(/^SUCCEEDED in 6m 00s; 1 late, after 5m 00s/);
});

test('a task that is not there is said', async () => {
  const shown = await gluewright(createProject(files), 'simulate', 'orders', '--fail', 'wether');
  expect(shown).toMatchObject({ code: 2, err: expect.stringContaining('there is no task wether') });
});

const reading = {
  'statemachines/count.yml': `pipeline: count
params:
  day: { type: date }
tasks:
  load: { glue-job: etl }
  report: { glue-job: etl, after: load, args: { rows: "{% $tasks.load.output.rows %}", day: "{% $params.day %}" } }
`,
};

test('an output that a task reads is given, and asked for where it is not', async () => {
  const folder = createProject(reading);
  const given = ['simulate', 'count', '--param', 'day=2026-11-22'];
  const without = await gluewright(folder, ...given);
  expect(without.out).toMatch(/^FAILED/);
  expect(without.err).toContain('report reads the output of load, which is not simulated');
  const shown = await gluewright(folder, ...given, '--output', 'load={"rows": 3}');
  expect(shown.out).toMatch(/^SUCCEEDED/);
  expect(shown.err).toBe('');
});

test('what is missing or wrong on the command line is said in a line', async () => {
  const folder = createProject(reading);
  const missing = await gluewright(folder, 'simulate', 'count');
  expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('the parameter `day` is not given') });
  for (const [option, value, said] of [
    ['--output', 'load=3', '--output load takes a JSON object'],
    ['--output', 'load', '--output takes TASK=JSON, not load'],
    ['--seconds', 'load', '--seconds takes TASK=SECONDS, not load'],
    ['--runs', '2.5', '--runs takes a whole number above 0, not 2.5'],
    ['--seed', 'x', '--seed takes a whole number above 0, not x'],
  ] as const) {
    const bad = await gluewright(folder, 'simulate', 'count', option, value);
    expect(bad).toMatchObject({ code: 2, err: expect.stringContaining(said) });
  }
});

const daily = {
  'statemachines/daily.yml': `pipeline: daily
triggers: { night: { schedule: "cron(0 3 * * ? *)", timezone: Europe/Berlin, interval: day } }
tasks: { load: { glue-job: etl, args: { day: "{% $interval.start %}" } } }
`,
};

test('a pipeline that reads an interval is told which one, and refused at once without it', async () => {
  const folder = createProject(daily);
  const without = await gluewright(folder, 'simulate', 'daily');
  expect(without).toMatchObject({ code: 2, err: expect.stringContaining('the task `load` reads $interval') });
  for (const command of [['simulate'], ['run'], ['rerun']]) {
    const wrong = await gluewright(
      folder,
      ...command,
      'daily',
      '--interval',
      'now',
      ...(command[0] === 'rerun' ? ['--all'] : []),
    );
    expect(wrong.code).toBeGreaterThan(1);
  }
  const shown = await gluewright(folder, 'simulate', 'daily', '--interval', '2026-11-21');
  expect(shown.out).toMatch(/^SUCCEEDED/);
});

test('why a task failed is shown', async () => {
  const shown = await gluewright(createProject(reading), 'simulate', 'count', '--param', 'day=2026-11-22');
  expect(shown.out).toMatch(
    /^report: States\.QueryEvaluationError, argument rows: `\$tasks\.load\.output\.rows` returned nothing$/m,
  );
});

const regions = {
  'statemachines/region.yml': `pipeline: region
params: { region: { type: string } }
runs: { max: 2 }
tasks:
  load: { glue-job: etl, args: { region: "{% $params.region %}" } }
`,
  'statemachines/all.yml': `pipeline: all
tasks:
  regions: { map: region, over: [north, south], params: { region: "{% $item %}" } }
  report: { glue-job: etl, after: regions, args: { regions: "{% $tasks.regions.output.items %}" } }
`,
  'statemachines/outer.yml': 'pipeline: outer\ntasks:\n  every: { pipeline: all }\n',
};

test('the runs that tasks start are simulated, too', async () => {
  const folder = createProject(regions);
  const shown = await gluewright(folder, 'simulate', 'all', '-s', 'load=120');
  expect(shown.err).toBe('');
  expect(shown.out).toMatch(/^SUCCEEDED in 3m 00s/);
  const failed = await gluewright(folder, 'simulate', 'outer', '--fail', 'load');
  expect(failed.out).toMatch(/^FAILED/);
  expect(failed.out).toMatch(/every +failed/);
});

test('a task that runs another pipeline cannot be given an end', async () => {
  const shown = await gluewright(createProject(regions), 'simulate', 'all', '--fail', 'regions');
  expect(shown).toMatchObject({
    code: 2,
    err: expect.stringContaining('regions ends as its runs of region do: name one of report, load'),
  });
});
