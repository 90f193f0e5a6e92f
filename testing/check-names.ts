import type { Pipeline } from '../shared/model/pipeline.ts';
import { Nearest } from '../shared/reading/nearest.ts';
import { kindOf, used } from '../shared/tasks/kinds.ts';
import { NotSimulated } from './not-simulated.ts';

export type Named = {
  readonly jobs?: Readonly<Record<string, unknown>>;
  readonly keep?: Readonly<Record<string, unknown>>;
  readonly maxConcurrentRuns?: Readonly<Record<string, unknown>>;
};

/**
 * Refuses misspelt names: a test of a failure would pass, since nothing fails.
 *
 * @throws {NotSimulated} for a task or a job that no pipeline has
 */
export function checkNames(
  pipelines: readonly Pipeline[],
  { jobs = {}, keep = {}, maxConcurrentRuns = {} }: Named,
): void {
  const tasks = new Set(pipelines.flatMap((pipeline) => pipeline.tasks.map(({ name }) => name)));
  const all = pipelines.flatMap((pipeline) => pipeline.tasks);
  const jobNames = new Set(all.flatMap((task) => used('job', task)));
  // a job with `inject: false` goes by its own name
  const unmarked = all.flatMap(({ work }) => {
    const { runs } = kindOf(work.kind);
    const isNamed = runs.by === 'state' || (runs.by === 'service' && !runs.isMarked(work));
    return isNamed ? [runs.name(work)] : [];
  });
  const nearest = new Nearest();
  const unknown = (option: string, named: object, what: string, known: ReadonlySet<string>): string[] =>
    Object.keys(named)
      .filter((name) => !known.has(name))
      .map(
        (name) => `${option}: there is no ${what} \`${name}\`; ${nearest.remedy(name, known, 'there is none at all')}`,
      );
  const problems = [
    ...unknown('jobs', jobs, 'task', new Set([...tasks, ...unmarked])),
    ...unknown('keep', keep, 'task', tasks),
    ...unknown('maxConcurrentRuns', maxConcurrentRuns, 'job', jobNames),
  ];
  if (problems.length > 0) throw new NotSimulated(problems.join('\n'));
}
