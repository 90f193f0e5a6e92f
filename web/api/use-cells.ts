import { useEffect, useRef, useState } from 'preact/hooks';
import type { GridView } from '../../shared/views/runs/grid-view.ts';
import type { RunItem } from '../../shared/views/runs/run-list.ts';
import { AskError, get, noAnswer } from './ask.ts';
import { columnOf, takeCells } from './cells.ts';
import { reportContact } from './contact.ts';
import { paths } from './paths.ts';
import { rowsAtOnce } from './run-paths.ts';

type InSight = {
  readonly pipeline: string;
  readonly runs: readonly RunItem[];
  readonly tasks: readonly string[];
  /** The rows. */
  readonly first: number;
  readonly count: number;
};

/** Milliseconds between two requests for the states of live runs. */
const liveAgain = 2_000;
/** Nothing is requested while the reader scrolls. */
const rest = 60;
/** How many run names fit into an address. */
const runsAtOnce = 40;

/** Requests the visible cells that are unknown, and the cells of live runs again. Repaints when one changes. */
export function useCells(inSight: InSight): void {
  const [, repaint] = useState(0);
  const latest = useRef(inSight);
  latest.current = inSight;
  const asked = useRef(new Set<string>());
  const look = useRef<(how: { readonly live: boolean }) => void>(() => undefined);
  look.current = ({ live }) => {
    const { pipeline, tasks, first, count, runs } = latest.current;
    for (let from = first - (first % rowsAtOnce); from < first + count; from += rowsAtOnce) {
      const rows = tasks.slice(from, from + rowsAtOnce);
      const wanted = runs.map(({ id }) => id).filter((id) => isWanted(id, rows, live));
      const open = wanted.filter((id) => !asked.current.has(`${from} ${id}`));
      for (let at = 0; at < open.length; at += runsAtOnce) {
        const run = open.slice(at, at + runsAtOnce);
        const keys = run.map((id) => `${from} ${id}`);
        for (const key of keys) asked.current.add(key);
        get<GridView>(paths.grid(pipeline, { run, first: from, rows: rowsAtOnce }))
          .then(
            (answer) => {
              reportContact(true);
              if (answer !== 'same' && takeCells(answer.value)) repaint((turn) => turn + 1);
            },
            // the next look asks again
            (error: unknown) => {
              if (error instanceof AskError && error.status === noAnswer) reportContact(false);
            },
          )
          .finally(() => {
            for (const key of keys) asked.current.delete(key);
          });
      }
    }
  };
  const ids = inSight.runs.map(({ id }) => id).join(' ');
  useEffect(() => {
    const timer = setTimeout(() => look.current({ live: false }), rest);
    return () => clearTimeout(timer);
  }, [ids, inSight.tasks, inSight.first, inSight.count]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) look.current({ live: true });
    }, liveAgain);
    return () => clearInterval(timer);
  }, []);
}

function isWanted(run: string, rows: readonly string[], live: boolean): boolean {
  const column = columnOf(run);
  return column === undefined || (live && !column.settled) || rows.some((name) => !column.states.has(name));
}
