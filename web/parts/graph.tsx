import { useMemo } from 'preact/hooks';
import { layOutGraph } from '../../shared/graph-layout/lay-out-graph.ts';
import type { TaskView } from '../../shared/views/run/run-view.ts';
import { foldGroups, groupsOf } from '../page/group-tasks.ts';
import { hrefWith } from '../page/route.ts';
import { worstOf } from '../page/states.ts';
import { box, type DrawnNode, GraphNodes } from './graph-nodes.tsx';
import { useShown } from './shown.ts';

const margin = 14;

type Task = Pick<TaskView, 'name' | 'after'> & { readonly state?: TaskView['state'] };

type Props = {
  readonly tasks: readonly Task[];
  readonly hrefOf: (task: string) => string;
  readonly selected?: string;
};

/**
 * The tasks from left to right. A changed state repaints only its own node, since the layout depends only on names. The
 * address has the folded groups.
 */
export function Graph({ tasks, hrefOf, selected }: Props) {
  const { route } = useShown();
  const { fold = '' } = route.query;
  const shape = JSON.stringify([fold, tasks.map(({ name, after }) => [name, after])]);
  const drawn = useMemo(() => draw(tasks, fold), [shape]);
  if (tasks.length === 0) return <p class="dim">No task matches.</p>;
  const { layout, lines, nodes, groups } = drawn;
  const states = new Map(tasks.map(({ name, state }) => [name, state]));
  const width = layout.width + box.width + 2 * margin;
  const height = layout.height + box.height + 2 * margin;
  const folded = fold === '*' ? groups : fold.split(',');
  const shown = nodes.map(({ key, names, group, x, y }): DrawnNode => {
    const open = folded.filter((each) => each !== group).join(',');
    return {
      key,
      x,
      y: y - box.height / 2,
      href: group === undefined ? hrefOf(key) : hrefWith(route, { fold: open }),
      state: names.length === 1 ? states.get(names[0] ?? '') : worstOf(names.map((name) => states.get(name))),
      tasks: group === undefined ? undefined : names.length,
      isSelected: selected === key,
    };
  });
  return (
    <>
      {groups.length > 0 && (
        <p class="filters">
          <a class="chip" href={hrefWith(route, { fold: fold === '' ? '*' : '' })}>
            {fold === '' ? `Fold ${groups.length} group${groups.length === 1 ? '' : 's'}` : 'Unfold all groups'}
          </a>
        </p>
      )}
      <div class="scroll board" tabIndex={0} role="region" aria-label="Graph of the tasks">
        <svg
          class="graph"
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="group"
          aria-label="Tasks"
        >
          <g transform={`translate(${margin} ${margin + box.height / 2})`}>
            <path class="edge" d={lines} />
            <GraphNodes key={shape} nodes={shown} />
          </g>
        </svg>
      </div>
    </>
  );
}

function draw(tasks: readonly Task[], fold: string) {
  const groups = [...groupsOf(tasks).keys()];
  const { members, nodeOf } = foldGroups(tasks, fold === '*' ? groups : fold === '' ? [] : fold.split(','));
  const nodes = [...members].map(([key, names]) => ({
    key,
    names,
    group: nodeOf.get(names[0] ?? '') === names[0] ? undefined : key.replace(/ …$/, ''),
  }));
  const number = new Map(nodes.map(({ key }, index) => [key, index]));
  const seen = new Set<string>();
  const edges = tasks.flatMap(({ name, after }) => {
    const to = number.get(nodeOf.get(name) ?? '');
    return after.flatMap((each): [number, number][] => {
      const from = number.get(nodeOf.get(each) ?? '');
      if (from === undefined || to === undefined || from === to || seen.has(`${from} ${to}`)) return [];
      seen.add(`${from} ${to}`);
      return [[from, to]];
    });
  });
  const layout = layOutGraph(nodes.length, edges);
  // in the order in which people read them, which is that of the Tab key
  const placed = nodes
    .map((node, index) => ({ ...node, ...(layout.nodes[index] ?? { x: 0, y: 0 }) }))
    .toSorted((a, b) => a.x - b.x || a.y - b.y);
  return { layout, nodes: placed, groups, lines: layout.edges.map(lineOf).join('') };
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
