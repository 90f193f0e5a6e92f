import type { Pipeline } from '../shared/model/pipeline.ts';
import { readPipeline, readPipelineValue } from '../shared/pipeline/read-pipeline.ts';

/** @param written a file's text, or what a TypeScript module exports. @throws {Error} with its problems */
export function pipelineFrom(written: string | object, file = 'pipeline.yml'): Pipeline {
  const { pipeline, problems } =
    typeof written === 'string' ? readPipeline(written, file) : readPipelineValue(written, file);
  if (pipeline === undefined) throw new Error(`${file}: ${JSON.stringify(problems)}`);
  return pipeline;
}
