import { Component } from 'preact';
import type { TaskState } from '../../shared/views/run/run-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo, type Route } from '../page/route.ts';
import { lookOf } from '../page/states.ts';
import { block, cell } from './grid-window.ts';
import { useShown } from './shown.ts';

type States = ReadonlyMap<string, TaskState | null>;

type Props = {
  readonly run: string;
  /** Absent: they are on their way. */
  readonly states: States | undefined;
  readonly column: number;
  /** The rows in sight. */
  readonly first: number;
  readonly count: number;
  readonly tasks: readonly string[];
};

/** A run's cells. Scrolling sideways repaints none of them, and a repaint of the list only those of runs that changed. */
export class GridColumn extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { run, states, column, first, count, tasks } = this.props;
    return (
      run !== next.run ||
      states !== next.states ||
      column !== next.column ||
      first !== next.first ||
      count !== next.count ||
      tasks !== next.tasks
    );
  }

  override render(props: Props) {
    return <Cells {...props} />;
  }
}

function Cells({ run, states, column, first, count, tasks }: Props) {
  const { route } = useShown();
  if (states === undefined) return null;
  const blocks = Array.from({ length: Math.ceil(count / block) }, (_, index) => first + index * block);
  return (
    <g transform={`translate(${column * cell} 0)`}>
      {blocks.map((from) => (
        <Block key={from} run={run} from={from} tasks={tasks} states={states} route={route} />
      ))}
    </g>
  );
}

type BlockProps = {
  readonly run: string;
  readonly from: number;
  readonly tasks: readonly string[];
  readonly states: States;
  readonly route: Route;
};

/** Rows of a column in blocks: scrolling adds and removes whole blocks and does not touch the others. */
class Block extends Component<BlockProps> {
  override shouldComponentUpdate({ states, tasks }: BlockProps): boolean {
    return states !== this.props.states || tasks !== this.props.tasks;
  }

  override render({ run, from, tasks, states, route }: BlockProps) {
    return tasks.slice(from, from + block).map((name, index) => {
      const state = states.get(name) ?? null;
      return state === null ? null : (
        <Cell
          key={name}
          name={name}
          state={state}
          y={(from + index) * cell}
          href={hrefTo(route, ['runs', run, 'tasks', name])}
        />
      );
    });
  }
}

type CellProps = { readonly name: string; readonly state: TaskState; readonly y: number; readonly href: string };

function Cell({ name, state, y, href }: CellProps) {
  const { colour, shape, word } = lookOf(state);
  return (
    <a href={href} tabIndex={-1} class={colour} aria-label={`${printable(name)}: ${word}`}>
      <rect class="cell" x="2" y={y + 2} width={cell - 4} height={cell - 4} rx="4" />
      <path class="mark" transform={`translate(6 ${y + 6})`} d={shape} />
    </a>
  );
}
