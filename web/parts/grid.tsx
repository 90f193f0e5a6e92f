import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RunItem } from '../../shared/views/run-list.ts';
import type { RunView } from '../../shared/views/run-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { go, hrefTo } from '../page/route.ts';
import { isLive, lookOf } from '../page/states.ts';
import { useShown } from './shown.ts';

const cell = 24;
const head = 64;
const names = 180;
/** Beyond what is seen, so that scrolling finds something. */
const spare = 4;

type Props = { readonly runs: readonly RunItem[]; readonly tasks: readonly string[]; readonly selected?: string };
type Window = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/**
 * Runs (across, the newest first) by tasks (down). Only what is seen is in the page, and only the runs that are seen
 * are asked for. Arrows move, Enter opens.
 */
export function Grid({ runs, tasks, selected }: Props) {
  const { route } = useShown();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<Window>({ left: 0, top: 0, width: 900, height: 480 });
  const [at, setAt] = useState({ run: 0, task: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const column = runs.findIndex(({ id }) => id === selected);
    if (column > 0) {
      element.scrollLeft = column * cell - element.clientWidth / 2;
      setAt({ run: column, task: 0 });
    }
    const look = (): void =>
      setView({
        left: element.scrollLeft,
        top: element.scrollTop,
        width: element.clientWidth,
        height: element.clientHeight,
      });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [runs.length, selected]);
  const columns = range(view.left - cell * spare, view.left + view.width, runs.length);
  const rows = range(view.top - cell * spare, view.top + view.height, tasks.length);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    const [right, down] = step ?? [];
    const run = runs[at.run];
    const task = tasks[at.task];
    if (event.key === 'Enter' && run !== undefined && task !== undefined)
      go(hrefTo(route, ['runs', run.id, 'tasks', task]));
    if (right === undefined || down === undefined) return;
    event.preventDefault();
    const next = { run: clamp(at.run + right, runs.length), task: clamp(at.task + down, tasks.length) };
    setAt(next);
    const element = box.current;
    if (element === null) return;
    element.scrollLeft = into(next.run * cell, element.scrollLeft, element.clientWidth - names);
    element.scrollTop = into(next.task * cell, element.scrollTop, element.clientHeight - head);
  };
  const [run, task] = [runs[at.run], tasks[at.task]];
  return (
    <>
      <p class="dim" role="status">
        {run === undefined || task === undefined
          ? ''
          : `${run.interval?.start ?? run.createdAt} · ${printable(task)}: arrows move, Enter opens`}
      </p>
      <div
        ref={box}
        class="grid scroll"
        tabIndex={0}
        role="application"
        aria-label={`${runs.length} runs by ${tasks.length} tasks`}
        onKeyDown={move}
        onScroll={(event) => {
          const { scrollLeft, scrollTop, clientWidth, clientHeight } = event.currentTarget;
          setView({ left: scrollLeft, top: scrollTop, width: clientWidth, height: clientHeight });
        }}
      >
        <svg width={names + runs.length * cell} height={head + tasks.length * cell} role="group" aria-label="Cells">
          {columns.map((column) => {
            const item = runs[column];
            return item === undefined ? null : (
              <Column key={item.id} run={item} column={column} rows={rows} tasks={tasks} />
            );
          })}
          <rect
            class="cursor"
            x={names + at.run * cell + 1}
            y={head + at.task * cell + 1}
            width={cell - 2}
            height={cell - 2}
          />
          <g transform={`translate(${view.left} 0)`}>
            <rect class="cover" width={names} height={head + tasks.length * cell} />
            {rows.map((row) => (
              <text key={row} x="4" y={head + row * cell + 16}>
                {printable(tasks[row] ?? '').slice(0, 24)}
              </text>
            ))}
          </g>
        </svg>
      </div>
    </>
  );
}

type ColumnProps = { run: RunItem; column: number; rows: readonly number[]; tasks: readonly string[] };

function Column({ run, column, rows, tasks }: ColumnProps) {
  const { route, times } = useShown();
  const view = useView<RunView>(paths.run(run.id), ({ settled }) => (settled ? undefined : 2_000));
  const states = new Map(view.value?.tasks.map((task) => [task.name, task.state]));
  const { colour, shape, word } = lookOf(run.status);
  const when = times.short(run.interval?.start ?? run.createdAt);
  return (
    <g transform={`translate(${names + column * cell} 0)`}>
      <a href={hrefTo(route, ['runs', run.id])} tabIndex={-1}>
        <title>{`${when}: ${word}`}</title>
        <g class={colour}>
          <rect class="cell" x="2" y={head - 22} width={cell - 4} height={cell - 4} rx="2" />
          <path class="mark" transform={`translate(6 ${head - 18})`} d={shape} />
        </g>
        {(column % 4 === 0 || isLive(run.status)) && (
          <text class="when" x="2" y={column % 8 === 0 ? 14 : 32}>
            {when.slice(0, 13)}
          </text>
        )}
      </a>
      {rows.map((row) => {
        const name = tasks[row] ?? '';
        const state = states.get(name);
        if (state === undefined) return null;
        const look = lookOf(state);
        return (
          <a key={name} href={hrefTo(route, ['runs', run.id, 'tasks', name])} tabIndex={-1}>
            <title>{`${printable(name)}, ${when}: ${look.word}`}</title>
            <g class={look.colour} transform={`translate(0 ${head + row * cell})`}>
              <rect class="cell" x="2" y="2" width={cell - 4} height={cell - 4} rx="2" />
              <path class="mark" transform="translate(6 6)" d={look.shape} />
            </g>
          </a>
        );
      })}
    </g>
  );
}

function range(from: number, to: number, length: number): number[] {
  const first = Math.max(0, Math.floor(from / cell));
  const last = Math.min(length, Math.ceil(to / cell) + spare);
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(0, index), Math.max(0, length - 1));
}

/** The nearest scroll place at which a cell is seen. */
function into(place: number, scroll: number, room: number): number {
  return Math.min(Math.max(scroll, place + cell - room), place);
}
