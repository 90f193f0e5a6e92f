import { Component } from 'preact';
import type { TaskState, TaskStates } from '../../shared/views/run/run-view.ts';
import type { RunItem } from '../../shared/views/runs/run-list.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo, type Route } from '../page/route.ts';
import { lookOf } from '../page/states.ts';
import { block, cell } from './grid-window.ts';
import { useShown } from './shown.ts';

type Props = {
  readonly run: RunItem;
  readonly column: number;
  /** The rows in sight. */
  readonly first: number;
  readonly count: number;
  readonly tasks: readonly string[];
};

/** A run's cells. Scrolling sideways repaints none of them, and a repaint of the list only those of runs that changed. */
export class GridColumn extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { run, column, first, count, tasks } = this.props;
    return (
      run.id !== next.run.id ||
      run.status !== next.run.status ||
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

function Cells({ run, column, first, count, tasks }: Props) {
  const { route } = useShown();
  const view = useView<TaskStates>(paths.states(run.id), ({ settled }) => (settled ? undefined : 2_000));
  const states = view.value?.states ?? none;
  const blocks = Array.from({ length: Math.ceil(count / block) }, (_, index) => first + index * block);
  return (
    <g transform={`translate(${column * cell} 0)`}>
      {blocks.map((from) => (
        <Block key={from} run={run.id} from={from} tasks={tasks} states={states} route={route} />
      ))}
    </g>
  );
}

const none: TaskStates['states'] = {};

type BlockProps = {
  readonly run: string;
  readonly from: number;
  readonly tasks: readonly string[];
  readonly states: TaskStates['states'];
  readonly route: Route;
};

/** Some rows of a column: scrolling down adds and takes away whole ones, and looks into none of the others. */
class Block extends Component<BlockProps> {
  override shouldComponentUpdate({ states, tasks }: BlockProps): boolean {
    return states !== this.props.states || tasks !== this.props.tasks;
  }

  override render({ run, from, tasks, states, route }: BlockProps) {
    return tasks.slice(from, from + block).map((name, index) => {
      const state = Object.hasOwn(states, name) ? states[name] : undefined;
      return state === undefined ? null : (
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
