import type { PoolQueue, QueueList } from '../../../shared/views/queues/queue-view.ts';
import { paths } from '../../api/paths.ts';
import { useView } from '../../api/use-view.ts';
import { printable } from '../../page/printable.ts';
import { hrefTo } from '../../page/route.ts';
import { useShown } from '../../parts/shown.ts';
import { Section, slow } from './section.tsx';

/** Lists live runs with their limit, queued runs, attempts that wait for capacity of Glue, and pools. */
export function Queues() {
  const { route } = useShown();
  const view = useView<QueueList>(paths.queues(), slow);
  const pipelines = view.value?.pipelines ?? [];
  const jobs = view.value?.jobs.filter(({ waiting }) => waiting.length > 0) ?? [];
  const pools = view.value?.pools ?? [];
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
        {pools.map((pool) => (
          <Pool key={pool.pool} {...pool} />
        ))}
      </ul>
    </Section>
  );
}

/** Shows how many places of a pool are held, which tasks hold them, and which tasks are next. */
function Pool({ pool, places, held, holders, waiting, more }: PoolQueue) {
  return (
    <li>
      Pool {printable(pool)}: {held} of {places} place{places === 1 ? '' : 's'} held, {waiting.length}
      {more && '+'} waiting
      <svg class="room" viewBox={`0 0 ${places} 1`} preserveAspectRatio="none" aria-hidden="true">
        <rect width={Math.min(held, places)} height="1" />
      </svg>
      {holders.length > 0 && (
        <div>
          <span class="dim">held by: </span>
          {holders.slice(0, 5).map((each) => (
            <PoolTask key={`${each.run} ${each.task}`} {...each} />
          ))}
        </div>
      )}
      {waiting.length > 0 && (
        <div>
          <span class="dim">next: </span>
          {waiting.slice(0, 5).map(({ catchUp, ...each }) => (
            <PoolTask key={`${each.run} ${each.task}`} {...each} note={catchUp ? 'catches up' : undefined} />
          ))}
        </div>
      )}
    </li>
  );
}

function PoolTask({
  run,
  task,
  places,
  note,
}: {
  run: string;
  task: string;
  places: number;
  note?: string | undefined;
}) {
  const { route } = useShown();
  const notes = [...(places > 1 ? [`${places} places`] : []), ...(note === undefined ? [] : [note])];
  return (
    <span>
      <a href={hrefTo(route, ['runs', run, 'tasks', task])}>
        {printable(run)} {printable(task)}
      </a>
      {notes.length > 0 && ` (${notes.join(', ')})`}{' '}
    </span>
  );
}
