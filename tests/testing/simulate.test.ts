import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from 'gluewright/testing';
import { expect, test } from 'vitest';

function write(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'simulate-')), name);
  writeFileSync(path, text);
  return path;
}

const builder = new URL('../../shared/pipeline/builder.ts', import.meta.url);

test('a pipeline of TypeScript is simulated by its path, as one of YAML is', async () => {
  const text = `import { pipeline } from '${builder}';
export default pipeline({ pipeline: 'typed', tasks: { load: { 'glue-job': 'etl' } } });
`;
  expect(await simulate(write('typed.ts', text))).toMatchObject({ status: 'SUCCEEDED', seconds: 60 });
});

test.each([
  ['wrong.yml', 'pipeline: wrong\ntasks:\n  load: { glue-jobs: etl }\n', /wrong\.yml:3:11: .*glue-jobs/],
  ['wrong.ts', "throw new Error('no');\n", /wrong\.ts:1:7: .*no/],
])('what is wrong with %s is said with its place', async (name, text, message) => {
  await expect(simulate(write(name, text))).rejects.toThrow(message);
});
