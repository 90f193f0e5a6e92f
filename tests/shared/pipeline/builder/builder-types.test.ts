import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { builderTypes, kindTypes } from '../../../../shared/pipeline/builder/builder-types.ts';

const folder = resolve(import.meta.dirname, '../../../../shared/pipeline/builder');

// `npx vitest run tests/shared/pipeline/builder/builder-types.test.ts -u` writes them anew.
test.each([
  ['builder-fields.ts', builderTypes],
  ['kind-fields.ts', kindTypes],
])('%s matches the schema', async (file, text) => {
  await expect(text()).toMatchFileSnapshot(resolve(folder, file));
});

test('every field of the builder has a comment', () => {
  const lines = `${builderTypes()}${kindTypes()}`.split('\n');
  const bare = lines.filter((line, at) => /^ +readonly \w/.test(line) && !/^ +\/\*\* /.test(lines[at - 1] ?? ''));
  expect(bare).toEqual([]);
});
