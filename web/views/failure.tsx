import { lastLine } from '../../shared/views/last-line.ts';
import type { RunView, TaskView } from '../../shared/views/run-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo } from '../page/route.ts';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';
import { Log } from './log.tsx';

/** Everything about why a run failed, on one screen. */
export function Failure({ run, failed }: { readonly run: RunView; readonly failed: readonly TaskView[] }) {
  const { route } = useShown();
  const [first] = failed;
  if (first === undefined) return null;
  const notRun = run.tasks.filter(({ state }) => state === 'upstream_failed' || state === 'not_run');
  return (
    <section class="failure" aria-labelledby="failure">
      <h2 id="failure">
        <a href={hrefTo(route, ['runs', run.id, 'tasks', first.name])}>{printable(first.name)}</a>{' '}
        <State state={first.state} />
      </h2>
      {(first.error !== undefined || first.cause !== undefined) && (
        <p class="error">
          {first.error !== undefined && <strong>{printable(first.error)} </strong>}
          {first.cause !== undefined && printable(lastLine(first.cause))}
        </p>
      )}
      {failed.length > 1 && (
        <p>
          Failed, too:{' '}
          {failed.slice(1, 20).map(({ name }) => (
            <span key={name}>
              <a href={hrefTo(route, ['runs', run.id, 'tasks', name])}>{printable(name)}</a>{' '}
            </span>
          ))}
          {failed.length > 20 && `and ${failed.length - 20} more`}
        </p>
      )}
      {notRun.length > 0 && (
        <p class="dim">
          Did not run because of it:{' '}
          {notRun
            .slice(0, 10)
            .map(({ name }) => printable(name))
            .join(', ')}
          {notRun.length > 10 && ` and ${notRun.length - 10} more`}
        </p>
      )}
      <Log run={run.id} task={first.name} settled={run.settled} lines={50} />
    </section>
  );
}
