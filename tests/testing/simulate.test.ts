import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectRun, openSimulator, simulate } from 'gluewright/testing';
import { expect, test } from 'vitest';

function write(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'simulate-')), name);
  writeFileSync(path, text);
  return path;
}

const builder = new URL('../../shared/pipeline/builder/builder.ts', import.meta.url);

test('a TypeScript pipeline is simulated by its path, like a YAML one', async () => {
  const text = `import { pipeline } from '${builder}';
export default pipeline({ pipeline: 'typed', tasks: { load: { 'glue-job': 'etl' } } });
`;
  expect(await simulate(write('typed.ts', text))).toMatchObject({ status: 'SUCCEEDED', seconds: 60 });
});

test.each([
  ['wrong.yml', 'pipeline: wrong\ntasks:\n  load: { glue-jobs: etl }\n', /wrong\.yml:3:11: .*glue-jobs/],
  ['wrong.ts', "throw new Error('no');\n", /wrong\.ts:1:7: .*no/],
])('an error in %s is reported with its place', async (name, text, message) => {
  await expect(simulate(write(name, text))).rejects.toThrow(message);
});

const orders = write(
  'orders.yml',
  'pipeline: orders\ntasks: { load: { glue-job: etl }, raw: { glue-job: old, inject: false } }\n',
);

test.each([
  [{ jobs: { laod: { state: 'FAILED' } } }, 'jobs: there is no task `laod`; did you mean `load`?'],
  [{ keep: { xyz: { status: 'succeeded' } } }, 'keep: there is no task `xyz`; known here: `load`, `raw`'],
  [{ maxConcurrentRuns: { etll: 1 } }, 'maxConcurrentRuns: there is no job `etll`; did you mean `etl`?'],
] as const)('%j is refused, since a misspelt name would test nothing', async (options, message) => {
  await expect(simulate(orders, options)).rejects.toThrow(message);
});

test('a job with `inject: false` is simulated by its own name', async () => {
  const run = await simulate(orders, { jobs: { old: { state: 'FAILED' } } });
  expectRun(run).toHaveFailed();
});

test('a simulator also takes paths of pipeline files, and refuses unknown names', async () => {
  const simulator = await openSimulator([orders], { jobs: { load: { seconds: 5 } } });
  await simulator.startRun({ pipeline: 'orders', cause: 'monday' });
  expect(await simulator.finish(['orders-monday'], 600)).toBe(true);
  simulator.close();
  await expect(openSimulator([orders], { jobs: { lod: {} } })).rejects.toThrow('there is no task `lod`');
});
