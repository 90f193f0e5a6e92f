import type { ScheduleList } from '../../../shared/views/triggers/trigger-lists.ts';
import { paths } from '../../api/paths.ts';
import { useView } from '../../api/use-view.ts';
import { printable } from '../../page/printable.ts';
import { hrefTo } from '../../page/route.ts';
import { useShown } from '../../parts/shown.ts';
import { Section, slow } from './section.tsx';

/** The next times, in the reader's zone and in the schedule's. */
export function Schedules() {
  const { route, times } = useShown();
  const view = useView<ScheduleList>(paths.schedules(), slow);
  const due = view.value?.due ?? [];
  return (
    <Section
      title="Next times"
      view={view}
      what="the schedules"
      empty={due.length === 0 ? 'Nothing is scheduled.' : undefined}
    >
      <ul class="plain">
        {due.map(({ at, local, pipeline, trigger, paused }) => (
          <li key={`${pipeline}.${trigger}.${at}`}>
            <time dateTime={at}>{times.at(at)}</time> <span class="dim">({clockOf(local)})</span>{' '}
            <a href={hrefTo(route, ['pipelines', pipeline])}>{printable(pipeline)}</a>.{printable(trigger)}
            {paused && <span class="tag warn">paused</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** `03:00 +01:00`: the time in the schedule's zone. */
function clockOf(local: string): string {
  const [, clock, offset] = /T(\d\d:\d\d)[\d:.]*(Z|[+-][\d:]+)$/.exec(local) ?? [];
  return clock === undefined || offset === undefined ? printable(local) : `${clock} ${offset}`;
}
