import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { pipelineJsonSchema } from '../../../../shared/pipeline/file/json-schema.ts';

// `npx vitest run tests/shared/pipeline/file/json-schema.test.ts -u` writes it anew.
test('docs/pipeline.schema.json is what the schema says', async () => {
  const file = resolve(import.meta.dirname, '../../../../docs/pipeline.schema.json');
  await expect(`${JSON.stringify(pipelineJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(file);
});
