import { Nearest } from '../../reading/nearest.ts';
import type { Project } from '../stack.ts';
import type { Doubt } from './deploy-problem.ts';

/** Pools of the settings that `jobs/jobs.yml` does not describe. */
export function unknownPools({ settings, pools }: Pick<Project, 'settings' | 'pools'>): Doubt[] {
  const known = Object.keys(pools);
  const nearest = new Nearest();
  return Object.entries(settings.pools).flatMap(([pool, places]): Doubt[] =>
    known.includes(pool)
      ? []
      : [
          {
            severity: 'error',
            code: 'unknown-pool',
            about: 'settings',
            part: { path: ['pools', pool], key: true },
            message: `there is no pool ${pool} in jobs/jobs.yml`,
            remedy: nearest.remedy(pool, known, `describe it there: \`pools: { ${pool}: ${places} }\``),
          },
        ],
  );
}
