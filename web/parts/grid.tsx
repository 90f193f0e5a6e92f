import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RunItem } from '../../shared/views/runs/run-list.ts';
import { columnOf } from '../api/cells.ts';
import { useCells } from '../api/use-cells.ts';
import { printable } from '../page/printable.ts';
import { go, goQuietly, hrefTo, hrefWith } from '../page/route.ts';
import { lookOf } from '../page/states.ts';
import { GridColumn } from './grid-column.tsx';
import { block, blocksOf, cell, clamp, headHeight, into, namesRoom, rangeOf, type Window } from './grid-window.ts';
import { useShown } from './shown.ts';
import { StateShape } from './state.tsx';

type Props = {
  readonly pipeline: string;
  readonly runs: readonly RunItem[];
  readonly tasks: readonly string[];
  /** Shown in the middle, and marked. */
  readonly selected?: string;
  /** Called when the last run comes into sight. */
  readonly onEnd?: () => void;
};

/**
 * Runs (across, the newest first) by tasks (down). Only visible cells are in the page, and only visible runs are
 * requested. Arrows move, Enter opens; the address has the cursor.
 */
export function Grid({ pipeline, runs, tasks, selected, onEnd }: Props) {
  const { route, times } = useShown();
  const box = useRef<HTMLDivElement>(null);
  const pointed = useRef<HTMLSpanElement>(null);
  const [view, setView] = useState<Window>({ left: 0, top: 0, width: 900, height: 480 });
  const namesWidth = namesRoom(view.width);
  const at = {
    run: clamp(
      runs.findIndex(({ id }) => id === selected),
      runs.length,
    ),
    task: clamp(tasks.indexOf(route.query.task ?? ''), tasks.length),
  };
  const look = (): void => {
    const element = box.current;
    if (element === null) return;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = element;
    const next = { left: snap(scrollLeft), top: snap(scrollTop, block), width: clientWidth, height: clientHeight };
    setView((before) => (isSame(before, next) ? before : next));
    if (onEnd !== undefined && scrollLeft + 2 * clientWidth > runs.length * cell) onEnd();
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [runs.length, onEnd === undefined]);
  const isThere = runs.some(({ id }) => id === selected);
  // centre the address's run once; later the reader scrolls
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || !isThere) return;
    const place = at.run * cell;
    const room = element.clientWidth - namesWidth;
    if (place < element.scrollLeft || place + cell > element.scrollLeft + room) element.scrollLeft = place - room / 2;
    element.scrollTop = into(at.task * cell, element.scrollTop, element.clientHeight - headHeight);
    look();
  }, [isThere, selected]);
  const columns = rangeOf(view.left, view.width, runs.length);
  const { first, count } = blocksOf(view.top, view.height, tasks.length);
  useCells({ pipeline, runs: columns.flatMap((column) => runs[column] ?? []), tasks, first, count });
  const run = runs[at.run];
  const task = tasks[at.task];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && run !== undefined && task !== undefined)
      go(hrefTo(route, ['runs', run.id, 'tasks', task]));
    const [right, down] = steps[event.key] ?? [];
    const element = box.current;
    if (right === undefined || down === undefined || element === null) return;
    event.preventDefault();
    const next = { run: clamp(at.run + right, runs.length), task: clamp(at.task + down, tasks.length) };
    element.scrollLeft = into(next.run * cell, element.scrollLeft, element.clientWidth - namesWidth);
    element.scrollTop = into(next.task * cell, element.scrollTop, element.clientHeight - headHeight);
    goQuietly(hrefWith(route, { at: runs[next.run]?.id ?? '', task: tasks[next.task] ?? '' }));
  };
  return (
    <>
      <p class="grid-status" role="status">
        {run === undefined || task === undefined
          ? ''
          : `${times.short(run.interval?.start ?? run.createdAt)} · ${printable(task)}`}
        <span ref={pointed} />
      </p>
      <div
        ref={box}
        class="grid scroll"
        tabIndex={0}
        role="application"
        aria-label={`${runs.length} runs by ${tasks.length} tasks. Arrows move, Enter opens.`}
        onKeyDown={onKeyDown}
        onScroll={look}
        onPointerOver={({ target }) => {
          const under = target instanceof Element ? target.closest('a')?.getAttribute('aria-label') : undefined;
          if (pointed.current !== null)
            pointed.current.textContent = under == null ? '' : ` · under the pointer: ${under}`;
        }}
      >
        <div class="grid-body">
          <div class="corner" />
          <svg class="heads" width={runs.length * cell} height={headHeight} role="group" aria-label="Runs">
            {columns.map((column) => {
              const item = runs[column];
              return item === undefined ? null : (
                <Head key={item.id} run={item} column={column} isChosen={item.id === selected} />
              );
            })}
          </svg>
          <svg class="names" width={namesWidth} height={tasks.length * cell} aria-hidden="true">
            {Array.from({ length: count }, (_, index) => first + index).map((row) => (
              <text key={row} x="12" y={row * cell + 16} class={row === at.task ? 'chosen-name' : ''}>
                {printable(tasks[row] ?? '').slice(0, namesWidth / 7.4)}
              </text>
            ))}
          </svg>
          <svg width={runs.length * cell} height={tasks.length * cell} role="group" aria-label="Cells">
            {isThere && <rect class="chosen" x={at.run * cell} width={cell} height={tasks.length * cell} />}
            {columns.map((column) => {
              const item = runs[column];
              return item === undefined ? null : (
                <GridColumn
                  key={item.id}
                  run={item.id}
                  states={columnOf(item.id)?.states}
                  column={column}
                  first={first}
                  count={count}
                  tasks={tasks}
                />
              );
            })}
            <rect
              class="cursor"
              x={at.run * cell + 1}
              y={at.task * cell + 1}
              width={cell - 2}
              height={cell - 2}
              rx="4"
            />
          </svg>
        </div>
      </div>
      <p class="legend">
        {legend.map((state) => (
          <span key={state}>
            <StateShape state={state} size={10} /> {lookOf(state).word}
          </span>
        ))}
      </p>
    </>
  );
}

const legend = [
  'succeeded',
  'failed',
  'upstream_failed',
  'timed_out',
  'stopped',
  'running',
  'queued',
  'starting',
  'retrying',
  'waiting',
  'skipped',
] as const;

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
  PageDown: [0, 15],
  PageUp: [0, -15],
  Home: [-1e9, 0],
  End: [1e9, 0],
};

/** How many whole cells must scroll into view before a redraw. */
function snap(place: number, cells = 1): number {
  return Math.floor(place / (cell * cells)) * cell * cells;
}

function isSame(a: Window, b: Window): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}

function Head({ run, column, isChosen }: { run: RunItem; column: number; isChosen: boolean }) {
  const { route, times } = useShown();
  const { colour, shape, word } = lookOf(run.status);
  const when = times.short(run.interval?.start ?? run.createdAt);
  return (
    <g transform={`translate(${column * cell} 0)`}>
      {isChosen && <rect class="chosen" y={headHeight - cell} width={cell} height={cell} />}
      {column % 4 === 0 && (
        <text class="when" x="2" y={column % 8 === 0 ? 15 : 31}>
          {when.slice(0, 13).replace(/,$/, '')}
        </text>
      )}
      <a href={hrefTo(route, ['runs', run.id])} tabIndex={-1} aria-label={`${when}: ${word}`}>
        <g class={colour} transform={`translate(0 ${headHeight - cell})`}>
          <circle class="cell" cx={cell / 2} cy={cell / 2} r={cell / 2 - 2} />
          <path class="mark" transform="translate(6 6)" d={shape} />
        </g>
      </a>
    </g>
  );
}
