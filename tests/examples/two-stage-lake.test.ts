import { openSimulator } from 'gluewright/testing';
import { expect, test } from 'vitest';
import { createRandom } from '../../examples/kit/random.ts';
import { readings } from '../../examples/two-stage-lake/example.ts';
import { missing, runExample } from './run-example.ts';

const files = ['stage-object', 'load-lake'].map((name) => `examples/two-stage-lake/statemachines/${name}.yml`);

test('each object is staged at once, and a batch takes the objects of five minutes', async () => {
  const simulator = await openSimulator(files, { jobs: { stage: { seconds: 30 } } });
  const { s3 } = simulator.runtime;
  const jobs = async (job: string) => (await simulator.jobRuns()).filter((run) => run.job === job);
  const staged: string[] = [];
  // an object each minute; the test writes the outputs that simulated jobs do not
  for (let minute = 0; minute < 20; minute += 1) {
    s3.put('raw', `sensors/${minute}.csv`, new Uint8Array(1));
    await simulator.pass(60);
    for (const { arguments: given } of (await jobs('stage-object')).slice(staged.length)) {
      const target = given['--target'] ?? '';
      staged.push(target);
      s3.put('stage', target.replace('s3://stage/', ''), new Uint8Array(1));
    }
  }
  await simulator.pass(3_600);

  const stages = await jobs('stage-object');
  expect(stages.map((run) => run.arguments['--source'])).toEqual(
    Array.from({ length: 20 }, (_, minute) => `s3://raw/sensors/${minute}.csv`),
  );
  expect(Math.max(...stages.map(({ startedAt }, minute) => startedAt - 60 * minute))).toBeLessThan(10);
  const batches = (await jobs('load-batch')).map(({ arguments: given }) => {
    const objects: { key: string }[] = JSON.parse(given['--files'] ?? '[]');
    return objects.map(({ key }) => `s3://stage/${key}`);
  });
  expect(batches.flat().toSorted()).toEqual(staged.toSorted());
  expect(new Set(staged).size).toBe(20);
  // five minutes after its first object, and at most one look of the reconciler later
  for (const batch of batches.slice(0, -1)) expect([5, 6, 7]).toContain(batch.length);
  expect(batches.length).toBeGreaterThanOrEqual(3);
  simulator.close();
});

test('the lake has each readable reading once', (c) => {
  const why = missing();
  if (why !== undefined) return c.skip(why);
  const rows = Object.values(readings(createRandom(1)))
    .flatMap((text) => text.trimEnd().split('\n').slice(1))
    .map((line) => line.split(','))
    .filter(([, , celsius]) => celsius !== 'broken');
  const expected = [...Map.groupBy(rows, ([sensor = '']) => sensor)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([sensor, own]) =>
        `${sensor},${own.length},${own
          .map(([, taken = '']) => taken)
          .toSorted()
          .at(-1)}`,
    );

  const ran = runExample('two-stage-lake');

  expect(ran.err).toBe('');
  expect(ran.report).toBe(`${['sensor,readings,last', ...expected].join('\n')}\n`);
});
