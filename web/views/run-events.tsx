import type { EventList } from '../../shared/views/why/event-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';

type Props = {
  readonly id: string;
  /** A change loads the events at once. */
  readonly version: string;
};

/** What happened to a run, in sentences. */
export function RunEvents({ id, version }: Props) {
  const { times } = useShown();
  const view = useView<EventList>(paths.events(id), ({ settled }) => (settled ? undefined : 5_000), version);
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
