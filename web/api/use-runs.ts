import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { GridView } from '../../shared/views/runs/grid-view.ts';
import type { RunItem, RunList } from '../../shared/views/runs/run-list.ts';
import { get } from './ask.ts';
import { takeCells } from './cells.ts';
import { firstGrid, newestRuns, olderRuns } from './run-paths.ts';
import { remember, useView, type Viewed } from './use-view.ts';

type Wanted = {
  readonly pipeline: string;
  /** `failed` or `live`: runs of these statuses. Otherwise all of them. */
  readonly only: string;
  /** A run that must be included, however old. */
  readonly at?: string;
};

export type Runs = {
  readonly view: Viewed<RunList>;
  /** The runs read so far, the newest first. */
  readonly runs: readonly RunItem[];
  /** These are the runs around the wanted one, without the newest. */
  readonly isPast: boolean;
  /** Reads older runs. Absent: there are none. */
  readonly readOlder?: () => void;
};

type Known = { key: string; older: readonly RunItem[]; next?: string | undefined; reading?: string | undefined };

/**
 * A pipeline's runs, the newest first or those around a wanted one, with more on demand. The first answer includes the
 * grid's cells; later requests get only the list.
 */
export function useRuns({ pipeline, only, at }: Wanted): Runs {
  const known = useRef<Known>({ key: '', older: [] });
  const shown = useRef<readonly RunItem[]>([]);
  const anchor = useRef<string>(undefined);
  const [, repaint] = useState(0);
  // the cursor moves among the loaded runs; only another run needs other neighbours
  if (at === undefined) anchor.current = undefined;
  else if (!shown.current.some(({ id }) => id === at)) anchor.current = at;

  const first = useView<GridView>(firstGrid(pipeline, only, anchor.current), () => undefined);
  const until = first.value?.until;
  const listPath = first.value === undefined ? undefined : newestRuns(pipeline, only, until);
  useLayoutEffect(() => {
    if (first.value === undefined || listPath === undefined) return;
    takeCells(first.value);
    remember(listPath, first.value);
    repaint((turn) => turn + 1);
  }, [first.value, listPath]);
  const list = useView<RunList>(listPath, () => (until === undefined ? 2_000 : 10_000));

  const view: Viewed<RunList> = list.value === undefined ? first : list;
  const key = listPath ?? '';
  if (known.current.key !== key) known.current = { key, older: [] };
  const newest = view.value?.runs ?? [];
  const last = newest.at(-1);
  const next = known.current.older.length > 0 ? known.current.next : view.value?.next;
  const older = known.current.older.filter(({ createdAt }) => last !== undefined && createdAt < last.createdAt);
  const readOlder = (): void => {
    const mine = known.current;
    if (next === undefined || mine.reading === next) return;
    mine.reading = next;
    get<RunList>(olderRuns(pipeline, only, next)).then(
      (answer) => {
        if (answer === 'same' || known.current !== mine) return;
        // runs that newer ones push off the first page are kept
        mine.older = [...(mine.older.length === 0 ? newest : mine.older), ...answer.value.runs];
        mine.next = answer.value.next;
        repaint((turn) => turn + 1);
      },
      () => {
        mine.reading = undefined;
      },
    );
  };
  const runs = [...newest, ...older];
  shown.current = runs;
  return { view, runs, isPast: until !== undefined, ...(next === undefined ? {} : { readOlder }) };
}
