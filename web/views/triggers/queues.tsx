import type { QueueList } from '../../../shared/views/queues/queue-view.ts';
import { paths } from '../../api/paths.ts';
import { useView } from '../../api/use-view.ts';
import { printable } from '../../page/printable.ts';
import { hrefTo } from '../../page/route.ts';
import { useShown } from '../../parts/shown.ts';
import { Section, slow } from './section.tsx';

/** Live runs and their limit, queued runs, and attempts that wait for Glue's capacity. */
export function Queues() {
  const { route } = useShown();
  const view = useView<QueueList>(paths.queues(), slow);
  const pipelines = view.value?.pipelines ?? [];
  const jobs = view.value?.jobs.filter(({ waiting }) => waiting.length > 0) ?? [];
  return (
    <Section
      title="Queues"
      view={view}
      what="the queues"
      empty={pipelines.length + jobs.length === 0 ? 'There are no pipelines.' : undefined}
    >
      <ul class="plain">
        {pipelines.map(({ pipeline, live, max, queued, more, paused }) => (
          <li key={pipeline}>
            <a href={hrefTo(route, ['pipelines', pipeline])}>{printable(pipeline)}</a>: {live.length} of {max} live,{' '}
            {queued.length}
            {more && '+'} queued{paused && <span class="tag warn">paused</span>}
            <svg class="room" viewBox={`0 0 ${Math.max(1, max)} 1`} preserveAspectRatio="none" aria-hidden="true">
              <rect width={Math.min(live.length, max)} height="1" />
            </svg>
            {queued.length > 0 && <span class="dim">next: </span>}
            {queued.slice(0, 5).map(({ run, held }) => (
              <span key={run}>
                <a href={hrefTo(route, ['runs', run])}>{printable(run)}</a>
                {held && ' (held)'}{' '}
              </span>
            ))}
          </li>
        ))}
        {jobs.map(({ work, waiting, more }) => (
          <li key={work}>
            Job {printable(work)}: {waiting.length}
            {more && '+'} attempt{waiting.length === 1 ? ' waits' : 's wait'} for a free slot in Glue
          </li>
        ))}
      </ul>
    </Section>
  );
}
