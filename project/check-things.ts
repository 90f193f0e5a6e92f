import { Nearest } from '../shared/reading/nearest.ts';
import type { Problem } from '../shared/reading/problem.ts';
import type { Use } from '../shared/tasks/kind/task-kind.ts';
import { kindOf, type Work } from '../shared/tasks/kinds.ts';
import type { ProjectPipeline, Written } from './project-files.ts';

/** A sort of things that the project describes and its tasks name. */
type Described = {
  readonly names: ReadonlySet<string>;
  readonly severity: Problem['severity'];
  /** The message for a name that is missing. */
  readonly missing: (name: string) => string;
  readonly remedy: string;
  /** A task that replaces its service locally does not need the thing here. */
  readonly replaceable?: true;
};

/**
 * Things that tasks name and the project does not have. The account may have a job or a crawler, and another project may
 * publish a dataset, so those are warnings. A nested pipeline is always one of the project.
 */
export function checkThings(written: Written, jobsAt: string): Problem[] {
  const sorts = sortsOf(written, jobsAt);
  return [...written.pipelines, ...written.sketches].flatMap((each) => unknownThings(each, sorts));
}

function sortsOf({ pipelines, wrong, declared }: Written, jobsAt: string): ReadonlyMap<string, Described> {
  const sorts = new Map<string, Described>();
  const { pool: _, ...things } = declared;
  for (const [sort, names] of Object.entries(things)) {
    const remedy = `describe it there; a ${sort} that only your account has does not run locally`;
    const missing = (name: string): string => `there is no ${sort} ${name} in ${jobsAt}`;
    sorts.set(sort, { names, severity: 'warning', missing, remedy, replaceable: true });
  }
  // a file that could not be read may hold the pipeline, or publish the dataset
  if (wrong.length > 0) return sorts;
  const datasets = new Set(pipelines.flatMap(({ pipeline }) => pipeline.tasks.flatMap(({ publishes }) => publishes)));
  sorts.set('dataset', {
    names: datasets,
    severity: 'warning',
    missing: (name) => `no task publishes the dataset ${name}`,
    remedy: `add \`publishes\` to a task`,
  });
  const names = new Set(pipelines.map(({ pipeline }) => pipeline.name));
  return sorts.set('pipeline', {
    names,
    severity: 'error',
    missing: (name) => `there is no pipeline ${name}`,
    remedy: 'add it, or remove the task',
  });
}

function unknownThings({ file, pipeline, place }: ProjectPipeline, sorts: ReadonlyMap<string, Described>): Problem[] {
  const nearest = new Nearest();
  return pipeline.tasks.flatMap(({ name: task, work, local }) =>
    thingsOf(work).flatMap(({ what, name }): Problem[] => {
      const sort = sorts.get(what);
      if (sort === undefined || sort.names.has(name)) return [];
      const { names, severity, missing, remedy: otherwise, replaceable } = sort;
      const meant = nearest.of(name, names);
      if (replaceable === true && local !== undefined && meant === undefined) return [];
      const at = place({ path: ['tasks', task, work.kind] });
      const message = `${task}: ${missing(name)}`;
      const remedy = meant === undefined ? otherwise : `did you mean \`${meant}\`? If not, ${otherwise}`;
      return [{ file, ...at, severity, code: `unknown-${what}`, message, remedy }];
    }),
  );
}

function thingsOf(work: Work): readonly Use[] {
  const kind = kindOf(work.kind);
  const dataset = kind.awaits?.(work);
  return dataset === undefined ? kind.uses(work) : [...kind.uses(work), { what: 'dataset', name: dataset }];
}
