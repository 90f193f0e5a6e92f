import { Component } from 'preact';
import type { RunItem } from '../../shared/views/run-list.ts';
import type { RunView } from '../../shared/views/run-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo } from '../page/route.ts';
import { lookOf } from '../page/states.ts';
import { cell } from './grid-window.ts';
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
  const { route, times } = useShown();
  const view = useView<RunView>(paths.run(run.id), ({ settled }) => (settled ? undefined : 2_000));
  const states = statesOf(view.value);
  const when = times.short(run.interval?.start ?? run.createdAt);
  return (
    <g transform={`translate(${column * cell} 0)`}>
      {tasks.slice(first, first + count).map((name, index) => {
        const state = states.get(name);
        if (state === undefined) return null;
        const look = lookOf(state);
        return (
          <a key={name} href={hrefTo(route, ['runs', run.id, 'tasks', name])} tabIndex={-1}>
            <title>{`${printable(name)}, ${when}: ${look.word}`}</title>
            <g class={look.colour} transform={`translate(0 ${(first + index) * cell})`}>
              <rect class="cell" x="2" y="2" width={cell - 4} height={cell - 4} rx="4" />
              <path class="mark" transform="translate(6 6)" d={look.shape} />
            </g>
          </a>
        );
      })}
    </g>
  );
}

const read = new WeakMap<RunView, ReadonlyMap<string, RunView['tasks'][number]['state']>>();

function statesOf(run: RunView | undefined): ReadonlyMap<string, RunView['tasks'][number]['state']> {
  if (run === undefined) return new Map();
  const known = read.get(run);
  if (known !== undefined) return known;
  const states = new Map(run.tasks.map((task) => [task.name, task.state]));
  read.set(run, states);
  return states;
}
