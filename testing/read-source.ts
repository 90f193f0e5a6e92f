import { resolve } from 'node:path';
import { readPipelineFile } from '../project/project-files.ts';
import type { Pipeline } from '../shared/model/pipeline.ts';
import { NotSimulated } from './not-simulated.ts';

/** @param source a pipeline, or the path of a pipeline file. @throws {NotSimulated} */
export async function readSource(source: Pipeline | string): Promise<Pipeline> {
  if (typeof source !== 'string') return source;
  const readings = await readPipelineFile(resolve(source), source);
  if (readings.length > 1)
    throw new NotSimulated(
      `${source} holds ${readings.length} pipelines: import one, and read it by readPipelineValue`,
    );
  const problems = readings.flatMap((reading) => reading.problems);
  const pipeline = readings[0]?.pipeline;
  if (pipeline !== undefined) return pipeline;
  const lines = problems.map(({ line, column, message }) => `${source}:${line}:${column}: ${message}`);
  throw new NotSimulated(lines.join('\n'));
}
