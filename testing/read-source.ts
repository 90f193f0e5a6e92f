import { resolve } from 'node:path';
import { readPipelineFile } from '../project/project-files.ts';
import type { Pipeline } from '../shared/model/pipeline.ts';
import { NotSimulated } from './not-simulated.ts';

/** @param source a pipeline, or the path of a pipeline file. @throws {NotSimulated} */
export async function readSource(source: Pipeline | string): Promise<Pipeline> {
  if (typeof source !== 'string') return source;
  const { pipeline, problems } = await readPipelineFile(resolve(source), source);
  if (pipeline !== undefined) return pipeline;
  const lines = problems.map(({ line, column, message }) => `${source}:${line}:${column}: ${message}`);
  throw new NotSimulated(lines.join('\n'));
}
