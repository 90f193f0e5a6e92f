import { createHash } from 'node:crypto';
import type { Pipeline } from '../shared/model/pipeline.ts';
import { readPipelineValue } from '../shared/pipeline/read-pipeline.ts';

/** A dependency graph with run times: `{id, tasks: [{id, seconds, dependsOn}]}`, tasks in topological order. */
export type GraphFile = {
  readonly id: string;
  readonly tasks: readonly { readonly id: string; readonly seconds: number; readonly dependsOn: readonly string[] }[];
};

export const replayJob = 'replay';

/** The pipeline of a graph: every task a run of the one simulated job, with its run time as an argument. */
export function pipelineOf(graph: GraphFile): Pipeline {
  const tasks = graph.tasks.map((task) => [
    taskName(task.id),
    {
      'glue-job': replayJob,
      after: [...new Set(task.dependsOn)].map(taskName),
      args: { seconds: String(task.seconds) },
    },
  ]);
  const { pipeline, problems } = readPipelineValue(
    {
      pipeline: taskName(graph.id),
      runs: { deadline: '360d' },
      defaults: { timeout: '6d23h' },
      tasks: Object.fromEntries(tasks),
    },
    graph.id,
  );
  if (pipeline === undefined) throw new Error(`${graph.id}: ${problems.map((problem) => problem.message).join('; ')}`);
  return pipeline;
}

/** The name itself if the pipeline file allows it. Otherwise a valid name, made unique by a hash. */
export function taskName(id: string): string {
  if (/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(id) && !(id in {})) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `t${id.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(-54)}-${hash}`;
}

/** Seconds of the longest path through the graph. */
export function criticalPath(graph: GraphFile): number {
  const ends = new Map<string, number>();
  for (const { id, seconds, dependsOn } of graph.tasks) {
    ends.set(id, Math.max(0, ...dependsOn.map((other) => ends.get(other) ?? 0)) + seconds);
  }
  return Math.max(0, ...ends.values());
}
