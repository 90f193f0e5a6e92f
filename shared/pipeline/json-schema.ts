import * as z from 'zod/mini';
import { pipelineFile } from './file/schema.ts';
import { jobsFile } from './jobs/jobs-schema.ts';

/** The JSON Schema of a pipeline file, for editors; `docs/pipeline.schema.json` holds it. */
export function pipelineJsonSchema(): z.core.JSONSchema.BaseSchema {
  // any value is allowed, which zod cannot derive from our own check
  const schema = z.toJSONSchema(pipelineFile, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' });
  return { title: 'Gluewright pipeline', description: 'See docs/pipelines.md', ...schema };
}

/** The JSON Schema of `jobs/jobs.yml`; `docs/jobs.schema.json` holds it. */
export function jobsJsonSchema(): z.core.JSONSchema.BaseSchema {
  const schema = z.toJSONSchema(jobsFile, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' });
  return { title: 'Gluewright jobs', description: 'See docs/jobs.md', ...schema };
}
