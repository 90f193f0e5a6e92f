import type { Project } from '../../project/project-files.ts';
import { digest } from '../../shared/ledger/digest.ts';
import { used } from '../../shared/tasks/kinds.ts';

/** Digests of each pipeline with its jobs, and of each hand-written machine. */
export type DeployedDigests = Readonly<Record<string, string>>;

export function deployedDigests({
  pipelines,
  machines,
  jobs,
}: Pick<Project, 'pipelines' | 'machines' | 'jobs'>): DeployedDigests {
  const written = pipelines.map(({ pipeline }) => {
    const named = pipeline.tasks.flatMap((task) => used('job', task).map((job) => jobs[job]));
    return [pipeline.name, digest(JSON.stringify([pipeline, named]))];
  });
  const raw = machines.map(({ name, definition }) => [name, digest(JSON.stringify(definition))]);
  return Object.fromEntries([...written, ...raw]);
}
