import type { Pipeline } from '../shared/model/pipeline.ts';
import { readPipeline, readPipelineValue } from '../shared/pipeline/read-pipeline.ts';

/**
 * @param written the text of a file, or the export of a TypeScript module
 * @throws {Error} with the problems of the pipeline
 */
export function pipelineFrom(written: string | object, file = 'pipeline.yml'): Pipeline {
  const { pipeline, problems } =
    typeof written === 'string' ? readPipeline(written, file) : readPipelineValue(written, file);
  if (pipeline === undefined) throw new Error(`${file}: ${JSON.stringify(problems)}`);
  return pipeline;
}
