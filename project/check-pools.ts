import { Nearest } from '../shared/reading/nearest.ts';
import type { Problem } from '../shared/reading/problem.ts';
import type { ProjectPipeline, Written } from './project-files.ts';

/** Pools that tasks name and the project does not have, or that are too small for a task. */
export function checkPools({ pipelines, sketches, pools, declared }: Written, jobsAt: string): Problem[] {
  const nearest = new Nearest();
  const place = ({ pipeline, ...file }: ProjectPipeline): Problem[] =>
    pipeline.tasks.flatMap(({ name: task, pool }): Problem[] => {
      if (pool === undefined) return [];
      const at = (key: string) => ({
        file: file.file,
        ...file.place({ path: ['tasks', task, key] }),
        severity: 'error' as const,
      });
      if (!declared.pool.has(pool.name)) {
        const message = `${task}: there is no pool ${pool.name} in ${jobsAt}`;
        const remedy = nearest.remedy(pool.name, declared.pool, `describe it there: \`pools: { ${pool.name}: 4 }\``);
        return [{ ...at('pool'), code: 'unknown-pool', message, remedy }];
      }
      const places = pools[pool.name] ?? Number.POSITIVE_INFINITY;
      if (pool.places <= places) return [];
      const message = `${task} takes ${pool.places} places, and the pool ${pool.name} has ${places}`;
      const remedy = `write at most \`places: ${places}\`, or give the pool more in ${jobsAt}`;
      return [{ ...at('places'), code: 'small-pool', message, remedy }];
    });
  return [...pipelines, ...sketches].flatMap(place);
}
