import type { WaitingList } from '../../../shared/views/triggers/trigger-lists.ts';
import { paths } from '../../api/paths.ts';
import { useView } from '../../api/use-view.ts';
import { printable } from '../../page/printable.ts';
import { hrefTo } from '../../page/route.ts';
import { useShown } from '../../parts/shown.ts';
import { Section, slow } from './section.tsx';

/** Which triggers wait for which datasets. */
export function Waiting() {
  const { route, times } = useShown();
  const view = useView<WaitingList>(paths.waiting(), slow);
  const waiting = view.value?.waiting ?? [];
  return (
    <Section
      title="Waiting for datasets"
      view={view}
      what="what waits"
      empty={waiting.length === 0 ? 'Nothing waits.' : undefined}
    >
      <ul class="plain">
        {waiting.map(({ pipeline, trigger, interval, has, missing, deadlineAt }) => (
          <li key={`${pipeline}.${trigger}.${interval?.start ?? ''}`}>
            <a href={hrefTo(route, ['pipelines', pipeline])}>{printable(pipeline)}</a>.{printable(trigger)}
            {interval !== undefined && ` for ${times.short(interval.start)}`}: {has.length} of{' '}
            {has.length + missing.length} published
            {missing.length > 0 && (
              <>
                , missing <span class="missing">{printable(missing.join(', '))}</span>
              </>
            )}
            {deadlineAt !== undefined && <span class="dim"> · until {times.at(deadlineAt)}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
