import { Nearest } from '../shared/reading/nearest.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { kindOf } from '../shared/tasks/kinds.ts';
import type { ProjectPipeline, Written } from './project-files.ts';

/** A sort of things that the project describes and its tasks name. */
type Described = {
  readonly names: ReadonlySet<string>;
  readonly severity: Problem['severity'];
  /** Where the others are described. */
  readonly where: string;
  readonly remedy: string;
  /** A task that replaces its service locally does not need the thing here. */
  readonly replaceable?: true;
};

/**
 * Things that tasks name and the project does not describe. The account may have a job or a crawler, so that is a
 * warning; a nested pipeline is always one of the project.
 */
export function checkThings(written: Written, jobsAt: string): Problem[] {
  const sorts = sortsOf(written, jobsAt);
  return [...written.pipelines, ...written.sketches].flatMap((each) => unknownThings(each, sorts));
}

function sortsOf({ pipelines, wrong, declared }: Written, jobsAt: string): ReadonlyMap<string, Described> {
  const sorts = new Map<string, Described>();
  for (const [sort, names] of Object.entries(declared)) {
    const remedy = `describe it there; a ${sort} that only your account has does not run locally`;
    sorts.set(sort, { names, severity: 'warning', where: ` in ${jobsAt}`, remedy, replaceable: true });
  }
  // a file that could not be read may hold the very pipeline
  if (wrong.length > 0) return sorts;
  const names = new Set(pipelines.map(({ pipeline }) => pipeline.name));
  return sorts.set('pipeline', { names, severity: 'error', where: '', remedy: 'add it, or remove the task' });
}

function unknownThings({ file, pipeline, place }: ProjectPipeline, sorts: ReadonlyMap<string, Described>): Problem[] {
  const nearest = new Nearest();
  return pipeline.tasks.flatMap(({ name: task, work, local }) =>
    kindOf(work.kind)
      .uses(work)
      .flatMap(({ what, name }): Problem[] => {
        const sort = sorts.get(what);
        if (sort === undefined || sort.names.has(name)) return [];
        const { names, severity, where, remedy: otherwise, replaceable } = sort;
        const meant = nearest.of(name, names);
        if (replaceable === true && local !== undefined && meant === undefined) return [];
        const at = place({ path: ['tasks', task, work.kind] });
        const message = `${task}: there is no ${what} ${name}${where}`;
        const remedy = meant === undefined ? otherwise : `did you mean \`${meant}\`? If not, ${otherwise}`;
        return [{ file, ...at, severity, code: `unknown-${what}`, message, remedy }];
      }),
  );
}
