import type { Project } from '../../project/project-files.ts';
import { digest } from '../../shared/ledger/digest.ts';
import { used } from '../../shared/tasks/kinds.ts';

/** A digest of each pipeline together with its jobs and pools, and of each hand-written machine. */
export type DeployedDigests = Readonly<Record<string, string>>;

export function deployedDigests({
  pipelines,
  machines,
  jobs,
  pools,
}: Pick<Project, 'pipelines' | 'machines' | 'jobs' | 'pools'>): DeployedDigests {
  const written = pipelines.map(({ pipeline }) => {
    const named = pipeline.tasks.flatMap((task) => used('job', task).map((job) => jobs[job]));
    const shared = pipeline.tasks.flatMap(({ pool }) => (pool === undefined ? [] : [pools[pool.name]]));
    return [pipeline.name, digest(JSON.stringify([pipeline, named, shared]))];
  });
  const raw = machines.map(({ name, definition }) => [name, digest(JSON.stringify(definition))]);
  return Object.fromEntries([...written, ...raw]);
}
