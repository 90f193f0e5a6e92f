import { paths } from '../api/paths.ts';
import { firstGrid } from '../api/run-paths.ts';
import type { Route } from './parse-route.ts';

/** The requests that the view of an address makes first. */
export function firstPaths({ path: [kind, name, part, task], query }: Route): readonly string[] {
  if (kind === undefined || (kind === 'pipelines' && name === undefined)) return [paths.pipelines()];
  if (name === undefined) return [];
  if (kind === 'pipelines') {
    const { tab = 'grid', only = '', at } = query;
    const hasRuns = tab === 'grid' || tab === 'runs';
    return [paths.pipeline(name), ...(hasRuns ? [firstGrid(name, only, at)] : [])];
  }
  if (kind !== 'runs') return [];
  if (part === 'tasks' && task !== undefined) return [paths.run(name), paths.task(name, task), paths.why(name, task)];
  return [paths.run(name), paths.why(name)];
}
