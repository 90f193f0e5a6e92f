import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { jobsJsonSchema, pipelineJsonSchema } from '../../../shared/pipeline/json-schema.ts';

// `npx vitest run tests/shared/pipeline/json-schema.test.ts -u` writes them anew.
test.each([
  ['pipeline.schema.json', pipelineJsonSchema],
  ['jobs.schema.json', jobsJsonSchema],
])('docs/%s matches the schema', async (name, schema) => {
  const file = resolve(import.meta.dirname, '../../../docs', name);
  await expect(`${JSON.stringify(schema(), null, 2)}\n`).toMatchFileSnapshot(file);
});
