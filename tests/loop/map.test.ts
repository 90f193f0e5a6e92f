import { expect, test } from 'vitest';
import { everyFault } from '../../testing/fault-dial.ts';
import type { Simulator, SimulatorOptions } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { seeds, simulated } from './simulated.ts';

const inner = pipelineFrom({
  pipeline: 'inner',
  params: { region: { type: 'string' }, number: { type: 'integer', default: 0 } },
  runs: { max: 3 },
  tasks: { load: { 'glue-job': 'load', args: { region: '{% $params.region %}' } } },
});
const outer = (fields: object = {}) =>
  pipelineFrom({
    pipeline: 'outer',
    params: { regions: { type: 'array', default: ['north', 'south', 'east', 'west'] } },
    tasks: {
      regions: {
        map: 'inner',
        over: '{% $params.regions %}',
        params: { region: '{% $item %}', number: '{% $index %}' },
        ...fields,
      },
      report: { 'glue-job': 'report', after: 'regions', args: { output: '{% $tasks.regions.output %}' } },
    },
  });

function mapped<T>(fields: object, options: SimulatorOptions, act: (simulator: Simulator) => Promise<T>): Promise<T> {
  return simulated([outer(fields), inner], options, async (simulator) => {
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    return act(simulator);
  });
}

const over = (simulator: Simulator, seconds = 86_400) => simulator.finish(['outer-x'], seconds);
const loads = async (simulator: Simulator) => (await simulator.jobRuns()).filter(({ job }) => job === 'load');
const regionsOf = async (simulator: Simulator) =>
  (await loads(simulator)).map((load) => load.arguments['--region'] ?? '').sort();

test('each item is a run of the pipeline, and the task ends with the last item', async () => {
  await mapped({ outputs: 'load' }, { jobs: { load: { seconds: 300, output: { rows: 1 } } } }, async (simulator) => {
    expect(await over(simulator)).toBe(true);
    expect(await regionsOf(simulator)).toEqual(['east', 'north', 'south', 'west']);
    const { tasks } = await simulator.look('outer-x');
    expect(tasks.regions?.status).toBe('succeeded');
    const [report] = tasks.report?.jobRuns ?? [];
    // three at a time, as the pipeline allows; each is followed by the next at once
    expect(report?.startedAt).toBeLessThan(620);
    expect(JSON.parse(report?.arguments['--output'] ?? '')).toMatchObject({
      items: 4,
      succeeded: 4,
      failed: 0,
      outputs: ['north', 'south', 'east', 'west'].map((item) => ({ item, load: { rows: 1 } })),
    });
  });
});

const endings =
  (bad: readonly string[], seconds = 60): NonNullable<SimulatorOptions['jobs']>[string] =>
  ({ arguments: given }) => ({ seconds, state: bad.includes(given['--region'] ?? '') ? 'FAILED' : 'SUCCEEDED' });

test.each([
  ['a number', { failures: 1 }],
  ['a share', { failures: '25%' }],
])('failed items are tolerated up to %s', async (_, fields) => {
  await mapped(fields, { jobs: { load: endings(['south']) } }, async (simulator) => {
    await over(simulator);
    const { status, tasks } = await simulator.look('outer-x');
    expect(status).toBe('SUCCEEDED');
    expect(tasks.regions?.status).toBe('succeeded');
    expect(await regionsOf(simulator)).toHaveLength(4);
  });
});

test('after one failure too many, no further items start, and the task names the failed items', async () => {
  await mapped({ max: 1 }, { jobs: { load: endings(['south']) } }, async (simulator) => {
    await over(simulator);
    const { tasks } = await simulator.look('outer-x');
    expect(await regionsOf(simulator)).toEqual(['north', 'south']);
    expect(tasks.regions).toMatchObject({ status: 'failed', error: 'Gluewright.ItemsFailed' });
    expect(tasks.regions?.cause).toMatch(
      /^1 of 4 done, 1 failed: south; 2 not started; south: its run inner-\S+ is FAILED$/,
    );
  });
});

test('after too many failures, running items may finish', async () => {
  const load: NonNullable<SimulatorOptions['jobs']>[string] = ({ arguments: given }) =>
    given['--region'] === 'north' ? { seconds: 60, state: 'FAILED' } : { seconds: 600 };
  await mapped({}, { jobs: { load } }, async (simulator) => {
    await over(simulator);
    expect((await loads(simulator)).map(({ state }) => state).sort()).toEqual(['FAILED', 'SUCCEEDED', 'SUCCEEDED']);
    expect((await simulator.look('outer-x')).tasks.regions?.cause).toMatch(
      /^2 of 4 done, 1 failed: north; 1 not started/,
    );
  });
});

test('with `max: 1`, items run one at a time, in order', async () => {
  await mapped({ max: 1 }, { jobs: { load: { seconds: 100 } } }, async (simulator) => {
    await over(simulator);
    const all = await loads(simulator);
    expect(all.map((load) => load.arguments['--region'])).toEqual(['north', 'south', 'east', 'west']);
    for (const [at, { startedAt }] of all.entries()) expect(startedAt).toBeGreaterThanOrEqual(at * 100);
  });
});

test('without items, the task succeeds at once', async () => {
  await mapped({ over: [] }, {}, async (simulator) => {
    await over(simulator);
    const { status, tasks } = await simulator.look('outer-x');
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(tasks.report?.jobRuns[0]?.arguments['--output'] ?? '')).toEqual({
      items: 0,
      succeeded: 0,
      failed: 0,
    });
  });
});

test.each([
  ['a source that is not a list', { over: '{% 5 %}' }, 'over: came to 5, which is not a list'],
  ['too many items', { over: '{% [1..10001] %}' }, 'more than 10000 items'],
  ['an expression that comes to nothing', { params: { region: '{% $item.name %}' } }, 'comes to nothing for north'],
  ['an expression that fails', { params: { region: '{% $number($item) %}' } }, 'cannot be evaluated for north'],
])('%s fails the task without a retry', async (_, fields, why) => {
  await mapped({ ...fields, retry: { attempts: 3 } }, {}, async (simulator) => {
    await over(simulator);
    const { tasks } = await simulator.look('outer-x');
    expect(tasks.regions).toMatchObject({ status: 'failed', error: 'Gluewright.StartRefused' });
    expect(tasks.regions?.cause).toContain(why);
  });
});

test('an item whose run is refused counts as failed, and the task gives the reason', async () => {
  const fields = { params: { region: '{% $item %}', number: '{% $item = "east" ? "many" : 1 %}' }, failures: 0 };
  await mapped(fields, {}, async (simulator) => {
    await over(simulator);
    expect((await simulator.look('outer-x')).tasks.regions?.cause).toMatch(
      /1 failed: east.*`number` should be a whole number/,
    );
  });
});

test.each([
  ['stopping the run', {}, true, 'stopped'],
  ['its timeout', { timeout: '10m' }, false, 'timed_out'],
  ['its deadline', { deadline: '10m' }, false, 'timed_out'],
] as const)('%s stops the running items, and no other item starts', async (_, fields, stops, status) => {
  await mapped(fields, { jobs: { load: { seconds: 20_000 } } }, async (simulator) => {
    await simulator.pass(300);
    if (stops) await simulator.stopRun('outer-x');
    expect(await over(simulator)).toBe(true);
    const all = await loads(simulator);
    expect(all.map(({ state }) => state)).toEqual(['STOPPED', 'STOPPED', 'STOPPED']);
    for (const { run = '', endedAt } of all) {
      expect(endedAt).toBeLessThan(800);
      expect(await simulator.look(run)).toMatchObject({ status: 'ABORTED', settled: true });
    }
    expect(await simulator.look('outer-x')).toMatchObject({ settled: true, tasks: { regions: { status } } });
  });
});

test('a retry runs only the failed items again', async () => {
  const fields = { failures: 0, retry: { attempts: 2, delay: '10s' } };
  const counts = new Map<string, number>();
  const load: NonNullable<SimulatorOptions['jobs']>[string] = ({ arguments: given }) => {
    const region = given['--region'] ?? '';
    counts.set(region, (counts.get(region) ?? 0) + 1);
    return { state: region === 'south' && counts.get(region) === 1 ? 'FAILED' : 'SUCCEEDED' };
  };
  await mapped(fields, { jobs: { load } }, async (simulator) => {
    await over(simulator);
    expect((await simulator.look('outer-x')).tasks.regions?.status).toBe('succeeded');
    expect(await regionsOf(simulator)).toEqual(['east', 'north', 'south', 'south', 'west']);
  });
});

test('1,000 items run at most 50 at a time, each once', async () => {
  const wide = { ...inner, runs: { ...inner.runs, max: 50 } };
  const numbers = pipelineFrom({
    pipeline: 'outer',
    tasks: { numbers: { map: 'inner', over: '{% [1..1000] %}', params: { region: '{% $string($item) %}' } } },
  });
  await simulated([numbers, wide], { jobs: { load: { seconds: 60 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    expect(await over(simulator)).toBe(true);
    expect((await simulator.look('outer-x')).status).toBe('SUCCEEDED');
    expect(new Set(await regionsOf(simulator)).size).toBe(1_000);
    const all = await loads(simulator);
    expect(all).toHaveLength(1_000);
    const live = all.map(
      ({ startedAt }) => all.filter((other) => other.startedAt <= startedAt && (other.endedAt ?? 0) > startedAt).length,
    );
    expect(Math.max(...live)).toBeLessThanOrEqual(50);
  });
}, 240_000);

test.each(seeds(12))('with every fault at once, each item has one run, and none is lost (seed %i)', async (seed) => {
  const options = { seed, faults: { ...everyFault, seed }, jobs: { load: { seconds: 120 } } };
  await mapped({}, options, async (simulator) => {
    expect(await over(simulator)).toBe(true);
    await simulator.pass(1_200);
    const runs = Map.groupBy(await loads(simulator), (load) => load.arguments['--region']);
    for (const [, of] of runs) expect(new Set(of.map(({ run }) => run)).size).toBe(1);
    const { tasks } = await simulator.look('outer-x');
    if (tasks.regions?.status === 'succeeded') expect(runs.size).toBe(4);
    for (const { endedAt, run = '' } of await loads(simulator)) {
      expect(endedAt).toBeDefined();
      expect((await simulator.look(run)).settled).toBe(true);
    }
  });
});

test.each(seeds(12))('a stop reaches all items, even if functions crash (seed %i)', async (seed) => {
  const options = { seed, faults: { dying: 0.15, seed }, jobs: { load: { seconds: 5_000 } } };
  await mapped({}, options, async (simulator) => {
    await simulator.pass(seed * 2);
    await simulator.stopRun('outer-x');
    expect(await over(simulator)).toBe(true);
    await simulator.pass(3_600);
    for (const { run = '' } of await loads(simulator)) {
      expect(await simulator.look(run)).toMatchObject({ status: 'ABORTED', settled: true });
    }
  });
});

/** Runs a map over a source, with these files in the bucket `landing`. Returns the regions of its items. */
async function itemsOver(source: object, region: string, files: Readonly<Record<string, string>> = {}) {
  const fields = { over: source, params: { region } };
  return simulated([outer(fields), inner], {}, async (simulator) => {
    const { s3 } = simulator.runtime;
    s3.createBucket('landing');
    for (const [key, text] of Object.entries(files)) await s3.put('landing', key, new TextEncoder().encode(text));
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    expect(await over(simulator)).toBe(true);
    expect((await simulator.look('outer-x')).tasks.regions?.cause).toBeUndefined();
    return regionsOf(simulator);
  });
}

test('items may be the days of a range', async () => {
  const dates = { from: '2026-02-27', to: '2026-03-01', by: 'day' };
  expect(await itemsOver({ dates }, '{% $item.date %}')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
});

test.each([
  ['a folder', 's3://landing/in/', ['in/a.csv', 'in/sub/b.csv']],
  ['a whole bucket', 's3://landing/', ['in/a.csv', 'in/sub/b.csv', 'out/c.csv']],
])('items may be the objects of %s', async (_, objects, keys) => {
  const files = { 'in/a.csv': 'a', 'in/sub/b.csv': 'b', 'in/sub/': '', 'out/c.csv': 'c' };
  expect(await itemsOver({ objects }, '{% $item.key %}', files)).toEqual(keys);
});

test.each([
  ['CSV with a header', 'id,name\n1,"no, ""rth"""\n2,south\n', ['1 no, "rth"', '2 south']],
  ['JSON Lines', '{"id":1,"name":"north"}\n{"id":2,"name":"south"}\n', ['1 north', '2 south']],
  ['a JSON list', '[{"id":1,"name":"north"}]', ['1 north']],
])('items may be the rows of %s', async (_, text, items) => {
  const region = "{% $string($item.id) & ' ' & $item.name %}";
  expect(await itemsOver({ rows: 's3://landing/list' }, region, { list: text })).toEqual(items);
});

test('expressions of an item also read the parameters, the run and the index', async () => {
  const region = '{% $item & $string($index) & $run.pipeline & $string($count($params.regions)) %}';
  expect(await itemsOver(['a', 'b'], region)).toEqual(['a0outer4', 'b1outer4']);
});

test('a map saves outputs in a file if they are too long for the task’s output', async () => {
  const output = { text: 'x'.repeat(3_000) };
  await mapped({ outputs: ['load'] }, { jobs: { load: { output } } }, async (simulator) => {
    await over(simulator);
    const { tasks } = await simulator.look('outer-x');
    const given = JSON.parse(tasks.report?.jobRuns[0]?.arguments['--output'] ?? '');
    expect(given).toEqual({ items: 4, succeeded: 4, failed: 0, outputsAt: expect.stringMatching(/^s3:/) });
    const { system } = simulator.runtime;
    const key = given.outputsAt.slice(`s3://${system.outputBucket}/`.length);
    expect(key).toBe('manifests/outer-x/regions-1.json');
    const file = await system.objects.get(system.outputBucket, key, 100_000);
    expect(JSON.parse(file?.text ?? '')).toHaveLength(4);
  });
});

/** Each item runs `load`, which succeeds, and then `check`, which the tests make fail for `south`. */
const twoSteps = pipelineFrom({
  pipeline: 'inner',
  params: { region: { type: 'string' }, number: { type: 'integer', default: 0 } },
  runs: { max: 3 },
  tasks: {
    load: { 'glue-job': 'load', args: { region: '{% $params.region %}' } },
    check: { 'glue-job': 'check', args: { region: '{% $params.region %}' }, after: 'load' },
  },
});

test.each([
  ['the failed tasks of the failed items', { failed: true }, ['south'], []],
  [
    'every item if the request is for all tasks',
    { all: true },
    ['east', 'north', 'south', 'west'],
    ['east', 'north', 'south', 'west'],
  ],
  [
    'every item if the request names the task',
    { from: ['regions'] },
    ['east', 'north', 'south', 'west'],
    ['east', 'north', 'south', 'west'],
  ],
] as const)('a rerun runs %s', async (_, how, checks, loadsAgain) => {
  let broken = true;
  const check: NonNullable<SimulatorOptions['jobs']>[string] = ({ arguments: given }) => ({
    state: broken && given['--region'] === 'south' ? 'FAILED' : 'SUCCEEDED',
    output: { rows: 1 },
  });
  await simulated([outer({ failures: 0, outputs: 'check' }), twoSteps], { jobs: { check } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    await over(simulator);
    expect((await simulator.look('outer-x')).tasks.regions?.status).toBe('failed');
    const before = (await simulator.jobRuns()).length;
    broken = false;
    await simulator.rerun('outer-x', how);
    expect(await simulator.finish(['outer-x-r2'], 86_400)).toBe(true);
    const { tasks } = await simulator.look('outer-x-r2');
    const again = (await simulator.jobRuns()).slice(before);
    const regions = (job: string) =>
      again.flatMap((run) => (run.job === job ? [run.arguments['--region'] ?? ''] : [])).sort();
    expect(regions('check')).toEqual(checks);
    expect(regions('load')).toEqual(loadsAgain);
    const output = JSON.parse(tasks.report?.jobRuns[0]?.arguments['--output'] ?? '');
    expect(output).toMatchObject({ items: 4, succeeded: 4, failed: 0 });
    expect(output.outputs.map(({ item, check }: { item: string; check: unknown }) => [item, check])).toEqual(
      ['north', 'south', 'east', 'west'].map((item) => [item, { rows: 1 }]),
    );
  });
});
