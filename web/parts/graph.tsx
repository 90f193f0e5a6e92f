import { useMemo } from 'preact/hooks';
import { layOutGraph } from '../../shared/graph-layout/lay-out-graph.ts';
import type { TaskView } from '../../shared/views/run-view.ts';
import { printable } from '../page/printable.ts';
import { lookOf } from '../page/states.ts';

const box = { width: 172, height: 34 };
const margin = 6;

type Props = {
  readonly tasks: readonly Pick<TaskView, 'name' | 'after' | 'state'>[];
  readonly hrefOf: (task: string) => string;
  readonly selected?: string;
};

/** The tasks from left to right. Only what changes its state is painted again: the layout depends on the names alone. */
export function Graph({ tasks, hrefOf, selected }: Props) {
  const shape = JSON.stringify(tasks.map(({ name, after }) => [name, after]));
  const drawn = useMemo(() => {
    const number = new Map(tasks.map(({ name }, index) => [name, index]));
    const edges = tasks.flatMap(({ after }, to) =>
      after.flatMap((name): [number, number][] => {
        const from = number.get(name);
        return from === undefined ? [] : [[from, to]];
      }),
    );
    const layout = layOutGraph(tasks.length, edges);
    return { ...layout, lines: layout.edges.map(lineOf) };
  }, [shape]);
  const width = drawn.width + box.width + 2 * margin;
  const height = drawn.height + box.height + 2 * margin;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Graph of the tasks">
      <svg
        class="graph"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label="Tasks"
      >
        <g transform={`translate(${margin} ${margin + box.height / 2})`}>
          {drawn.lines.map((line, index) => (
            <path key={index} class="edge" d={line} />
          ))}
          {tasks.map(({ name, state }, index) => {
            const { x = 0, y = 0 } = drawn.nodes[index] ?? {};
            const { word, colour, shape } = lookOf(state);
            const shown = printable(name);
            return (
              <a
                key={name}
                href={hrefOf(name)}
                data-task={shown}
                {...(selected === name ? { 'aria-current': 'true' as const } : {})}
              >
                {shorten(shown, 22) !== shown && <title>{shown}</title>}
                <g class={`node ${colour}`} transform={`translate(${x} ${y - box.height / 2})`}>
                  <rect width={box.width} height={box.height} rx={4} />
                  <path class="mark" transform="translate(9 11)" d={shape} />
                  <text x={28} y={15}>
                    {shorten(shown, 22)}
                  </text>
                  <text class="word" x={28} y={28}>
                    {word}
                  </text>
                </g>
              </a>
            );
          })}
        </g>
      </svg>
    </div>
  );
}

/** The whole name is in the node's title. */
function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 9)}…${text.slice(-8)}`;
}

function lineOf(way: readonly { readonly x: number; readonly y: number }[]): string {
  const [first, ...rest] = way;
  if (first === undefined) return '';
  let { x, y } = { x: first.x + box.width, y: first.y };
  let line = `M${x} ${y}`;
  rest.forEach((end, index) => {
    const half = (x + end.x) / 2;
    line += `C${half} ${y} ${half} ${end.y} ${end.x} ${end.y}`;
    x = end.x;
    y = end.y;
    if (index < rest.length - 1) {
      x += box.width;
      line += `H${x}`;
    }
  });
  return line;
}
