import { useRef, useState } from 'preact/hooks';
import type { RunView } from '../../shared/views/run/run-view.ts';
import type { RunItem, RunList } from '../../shared/views/runs/run-list.ts';
import { get } from './ask.ts';
import { paths } from './paths.ts';
import { useView, type Viewed } from './use-view.ts';

type Wanted = {
  readonly pipeline: string;
  /** `failed` or `live`: those of these statuses. Otherwise all of them. */
  readonly only: string;
  /** A run that has to be among them, however old. */
  readonly at?: string;
};

export type Runs = {
  readonly view: Viewed<RunList>;
  /** Those that were read so far, the newest first. */
  readonly runs: readonly RunItem[];
  /** The newest one is not among them: they are those around the wanted run. */
  readonly isPast: boolean;
  /** Reads older ones. Absent: there are none. */
  readonly readOlder?: () => void;
};

const pageSize = 100;
/** So many older runs say how much time the newer half of the window takes. */
const halfWindow = 40;
const statuses: Readonly<Record<string, readonly string[]>> = {
  failed: ['FAILED', 'TIMED_OUT', 'ABORTED'],
  live: ['PENDING', 'QUEUED', 'RUNNING'],
};
const never = (): undefined => undefined;

/** Where the newest of them are. */
export function newestRuns(pipeline: string, only: string): string {
  return paths.runs({ pipeline, status: statuses[only], limit: pageSize });
}

/** A pipeline's runs, the newest first or those around a wanted one, and more of them on demand. */
export function useRuns({ pipeline, only, at }: Wanted): Runs {
  const status = statuses[only];
  const known = useRef<Known>({ key: '', older: [] });
  const [, repaint] = useState(0);
  const newest = useView<RunList>(newestRuns(pipeline, only), () => 2_000);
  const isAmong =
    at === undefined || [...(newest.value?.runs ?? []), ...known.current.older].some(({ id }) => id === at);
  const isElsewhere = newest.value !== undefined && !isAmong;
  const target = useView<RunView>(isElsewhere && at !== undefined ? paths.run(at) : undefined, never);
  const created = target.value === undefined ? undefined : Date.parse(target.value.createdAt);
  const before = useView<RunList>(
    created === undefined ? undefined : paths.runs({ pipeline, status, until: iso(created + 1), limit: halfWindow }),
    never,
  );
  const oldest = before.value?.runs.at(-1);
  const span = created === undefined || oldest === undefined ? 0 : created - Date.parse(oldest.createdAt);
  const until = before.value === undefined || created === undefined ? undefined : iso(created + span + 1);
  const around = useView<RunList>(
    until === undefined ? undefined : paths.runs({ pipeline, status, until, limit: pageSize }),
    () => 10_000,
  );
  const isLost = target.error !== undefined;
  const view = isElsewhere && !isLost ? around : newest;
  const filter = paths.runs({ pipeline, status });
  const key = `${filter} ${isElsewhere ? until : ''}`;
  if (known.current.key !== key && !(isElsewhere && until === undefined)) known.current = { key, older: [] };
  const first = view.value?.runs ?? [];
  const last = first.at(-1);
  const next = known.current.older.length > 0 ? known.current.next : view.value?.next;
  const older = known.current.older.filter(({ createdAt }) => last !== undefined && createdAt < last.createdAt);
  const readOlder = (): void => {
    const mine = known.current;
    if (next === undefined || mine.reading === next) return;
    mine.reading = next;
    get<RunList>(paths.runs({ pipeline, status, limit: pageSize, cursor: next })).then(
      (answer) => {
        if (answer === 'same' || known.current !== mine) return;
        // those that newer runs push out of the first page later are kept, too
        mine.older = [...(mine.older.length === 0 ? first : mine.older), ...answer.value.runs];
        mine.next = answer.value.next;
        repaint((turn) => turn + 1);
      },
      () => {
        mine.reading = undefined;
      },
    );
  };
  return {
    view,
    runs: [...first, ...older],
    isPast: isElsewhere && !isLost,
    ...(next === undefined ? {} : { readOlder }),
  };
}

type Known = { key: string; older: readonly RunItem[]; next?: string | undefined; reading?: string | undefined };

function iso(time: number): string {
  return new Date(time).toISOString();
}
