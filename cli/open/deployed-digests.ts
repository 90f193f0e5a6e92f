import type { Project } from '../../project/project-files.ts';
import { digest } from '../../shared/ledger/digest.ts';
import { used } from '../../shared/tasks/kinds.ts';

/** Of each pipeline with the jobs that it names, and of each hand-written machine: what tells one definition from another. */
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
