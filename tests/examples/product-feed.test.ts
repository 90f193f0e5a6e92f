import { everyFault, openSimulator, type SimulatedJobRun, type SimulatorOptions } from 'gluewright/testing';
import { expect, test } from 'vitest';
import { createRandom } from '../../examples/kit/random.ts';
import { feed, suppliers } from '../../examples/product-feed/example.ts';
import { missing, runExample } from './run-example.ts';

const file = 'examples/product-feed/statemachines/product-feed.yml';
const files = feed(createRandom(1));

/** All files arrive, then the marker of `south`. @returns the job runs of the task that loads */
async function play(faults: SimulatorOptions['faults']): Promise<readonly SimulatedJobRun[]> {
  const simulator = await openSimulator([file], faults === undefined ? {} : { faults });
  try {
    const { s3 } = simulator.runtime;
    for (const [key, text] of Object.entries(files)) s3.put('landing', key, new TextEncoder().encode(text));
    await simulator.pass(5);
    s3.put('landing', 'feed/south/_COMPLETE', new Uint8Array());
    await simulator.pass(12 * 3_600);
    expect(simulator.surprises).toEqual([]);
    expect(simulator.faults.length > 0).toBe(faults !== undefined);
    return (await simulator.jobRuns()).filter(({ task }) => task === 'load');
  } finally {
    simulator.close();
  }
}

function filesOf({ arguments: given }: SimulatedJobRun): string[] {
  const objects: { key: string }[] = JSON.parse(given['--files'] ?? '[]');
  return objects.map(({ key }) => key);
}

test('batches end at their size, at the marker and after the quiet time', async () => {
  const loads = await play(undefined);

  const sizes = Map.groupBy(loads, ({ arguments: given }) => given['--supplier']);
  const shown = [...sizes].map(([supplier, runs]) => [supplier, runs.map((run) => filesOf(run).length)]);
  expect(Object.fromEntries(shown)).toEqual({ north: [5, 5, 2], south: [3], east: [2] });
  // the marker ends its batch before the quiet time
  expect(loads.find(({ arguments: given }) => given['--supplier'] === 'south')?.startedAt).toBeLessThan(
    loads.find(({ arguments: given }) => given['--supplier'] === 'east')?.startedAt ?? 0,
  );
});

// all faults but lost events, since S3 delivers at least once
test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'no file is lost or doubled when functions die and events are doubled and late: seed %i',
  async (seed) => {
    const loads = await play({ ...everyFault, lost: 0, seed });

    const batches = new Map(loads.map((run) => [run.run, filesOf(run)]));
    expect([...batches.values()].flat().toSorted()).toEqual(Object.keys(files).toSorted());
    const attempts = loads.map(({ run, attempt }) => `${run} ${attempt}`);
    expect(new Set(attempts).size).toBe(attempts.length);
  },
);

test('the report counts each supplier’s files once', (c) => {
  const why = missing();
  if (why !== undefined) return c.skip(why);
  const batches = { east: 1, north: 3, south: 1 };
  const expected = Object.entries(batches).map(([supplier, runs]) => {
    const own = Object.entries(files).filter(([key]) => key.startsWith(`feed/${supplier}/`));
    const rows = own.flatMap(([, text]) => text.trimEnd().split('\n'));
    const cents = rows.reduce((sum, row) => sum + BigInt(JSON.parse(row).price.replace('.', '')), 0n);
    const value = `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
    return `${supplier},${runs},${own.length},${rows.length},${value}`;
  });

  const ran = runExample('product-feed');

  expect(ran.err).toBe('');
  expect(ran.report).toBe(`${['supplier,batches,files,rows,value', ...expected].join('\n')}\n`);
  expect(Object.keys(files)).toHaveLength(Object.values(suppliers).reduce((sum, count) => sum + count, 0));
});
