import { useRef } from 'preact/hooks';
import type { RunView } from '../../shared/views/run/run-view.ts';
import { paths } from './paths.ts';
import { useEventStream } from './use-event-stream.ts';
import { useView, type Viewed } from './use-view.ts';

/** Milliseconds between two requests for a live run. */
const polled = 1_000;
/** Used while the stream reports every change. */
const streamed = 10_000;

/** A run, kept up to date by the stream of its events, and by requests for changes without an event. */
export function useLiveRun(id: string): Viewed<RunView> {
  const known = useRef<RunView>(undefined);
  const run = known.current?.id === id ? known.current : undefined;
  const { heard, isOpen } = useEventStream(id, run === undefined || run.settled ? undefined : latestOf(run));
  const view = useView<RunView>(
    paths.run(id),
    (value) => (value.settled ? undefined : isOpen && !isSilent(value) ? streamed : polled),
    `${heard} ${isOpen}`,
  );
  known.current = view.value;
  return view;
}

/** No event reports that an attempt leaves the queue. */
function isSilent({ status, tasks }: RunView): boolean {
  const silent = ['starting', 'queued', 'retrying'];
  return status === 'PENDING' || status === 'QUEUED' || tasks.some(({ state }) => silent.includes(state));
}

/** Sorts after the events that the view already shows. */
function latestOf({ createdAt, startedAt = '', tasks }: RunView): string {
  const times = tasks.flatMap((task) => [task.startedAt ?? '', task.endedAt ?? '']);
  return `${[createdAt, startedAt, ...times].toSorted().at(-1)}_9`;
}
