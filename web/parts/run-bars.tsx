import type { RunItem } from '../../shared/views/runs/run-list.ts';
import { hrefTo } from '../page/route.ts';
import { lookOf } from '../page/states.ts';
import { duration, lasted } from '../page/times.ts';
import { useShown } from './shown.ts';

const height = 36;

/** A pipeline's last runs, the newest on the right. A bar's height is its run's duration. */
export function RunBars({ runs, now }: { readonly runs: readonly RunItem[]; readonly now: number }) {
  const { route, times } = useShown();
  const shown = runs.slice(0, 20).reverse();
  const lengths = shown.map(({ startedAt, endedAt }) => lasted(startedAt, endedAt, now) ?? 0);
  const longest = Math.max(1, ...lengths);
  return (
    <ul class="run-bars" aria-label={`the last ${shown.length} runs`}>
      {shown.map((run, index) => {
        const { word, colour, shape } = lookOf(run.status);
        const bar = Math.max(3, Math.round(((lengths[index] ?? 0) / longest) * height));
        const label = `${word}, ${times.short(run.createdAt)}, ${duration(lengths[index] ?? 0)}`;
        return (
          <li key={run.id}>
            <a href={hrefTo(route, ['runs', run.id])} title={label}>
              <svg class={colour} width="14" height={height + 16} role="img" aria-label={label}>
                <rect class="bar" x="2" width="10" y={height - bar} height={bar} rx="1" />
                <path class="mark" transform={`translate(1 ${height + 3})`} d={shape} />
              </svg>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
