import type { Pipeline } from '../../shared/model/pipeline.ts';
import { readPipelineValue } from '../../shared/pipeline/read-pipeline.ts';

export const rowLength = 20;

/** Numbers of tasks in rows of 20: each comes after one or two of the row before. */
export function afterOf(task: number): number[] {
  if (task < rowLength) return [];
  const above = task - rowLength;
  const beside = Math.floor(above / rowLength) * rowLength + ((above * 7) % rowLength);
  return [...new Set([above, beside])].slice(0, 1 + (task % 2));
}

export function bigPipeline(name: string, tasks: number): Pipeline {
  const entries = Array.from({ length: tasks }, (_, task) => [
    `task_${task}`,
    { 'glue-job': 'work', after: afterOf(task).map((other) => `task_${other}`) },
  ]);
  const { pipeline, problems } = readPipelineValue({ pipeline: name, tasks: Object.fromEntries(entries) }, name);
  if (pipeline === undefined) throw new Error(problems.map(({ message }) => message).join('; '));
  return pipeline;
}
