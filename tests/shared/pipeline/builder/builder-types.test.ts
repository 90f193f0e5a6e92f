import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { builderTypes } from '../../../../shared/pipeline/builder/builder-types.ts';

const folder = resolve(import.meta.dirname, '../../../../shared/pipeline/builder');

// `npx vitest run tests/shared/pipeline/builder/builder-types.test.ts -u` writes it anew.
test('builder-fields.ts matches the schema', async () => {
  await expect(builderTypes()).toMatchFileSnapshot(resolve(folder, 'builder-fields.ts'));
});

test('every field of the builder has a comment', () => {
  const lines = builderTypes().split('\n');
  const bare = lines.filter((line, at) => /^ +readonly \w/.test(line) && !/^ +\/\*\* /.test(lines[at - 1] ?? ''));
  expect(bare).toEqual([]);
});
