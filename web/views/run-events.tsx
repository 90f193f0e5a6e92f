import type { EventList } from '../../shared/views/why/event-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';

/** What happened to a run, in sentences. */
export function RunEvents({ id }: { readonly id: string }) {
  const { times } = useShown();
  const view = useView<EventList>(paths.events(id), ({ settled }) => (settled ? undefined : 1_000));
  if (view.value === undefined) return <Pending view={view} what="what happened" />;
  return (
    <ol class="events card">
      {view.value.events.map((event) => (
        <li key={event.id}>
          <time dateTime={event.at}>{times.at(event.at)}</time> <span>{printable(event.sentence)}</span>
        </li>
      ))}
    </ol>
  );
}
