import { lastLine } from '../../shared/views/last-line.ts';
import type { RunView, TaskView } from '../../shared/views/run/run-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo } from '../page/route.ts';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';
import { Log } from './log.tsx';

const named = 10;

/** Everything about why a run failed, on one screen. */
export function Failure({ run, failed }: { readonly run: RunView; readonly failed: readonly TaskView[] }) {
  const { route } = useShown();
  const [first] = failed;
  if (first === undefined) return null;
  const notRun = run.tasks.filter(({ state }) => state === 'upstream_failed' || state === 'not_run');
  const hrefOf = (task: string, query = {}): string => hrefTo(route, ['runs', run.id, 'tasks', task], query);
  return (
    <section class="card failure" aria-labelledby="failure">
      <header>
        <h2 id="failure">
          <a href={hrefOf(first.name)}>{printable(first.name)}</a>
        </h2>
        <State state={first.state} />
      </header>
      {(first.error !== undefined || first.cause !== undefined) && (
        <p class="error">
          {first.cause === undefined ? (
            <strong>{printable(first.error ?? '')}</strong>
          ) : (
            <>
              {first.error !== undefined && !first.cause.includes(first.error) && (
                <strong>{printable(first.error)} </strong>
              )}
              {printable(lastLine(first.cause))}
            </>
          )}
        </p>
      )}
      {failed.length > 1 && (
        <Names label="Also failed" names={failed.slice(1).map(({ name }) => name)} hrefOf={hrefOf} />
      )}
      {notRun.length > 0 && (
        <Names label="Did not run because of it" names={notRun.map(({ name }) => name)} hrefOf={hrefOf} />
      )}
      <Log run={run.id} task={first.name} settled={run.settled} lines={50} />
    </section>
  );
}

type NamesProps = {
  readonly label: string;
  readonly names: readonly string[];
  readonly hrefOf: (task: string) => string;
};

function Names({ label, names, hrefOf }: NamesProps) {
  return (
    <p class="blocked">
      <span class="dim">{label}:</span>
      {names.slice(0, named).map((name) => (
        <a key={name} class="chip" href={hrefOf(name)}>
          {printable(name)}
        </a>
      ))}
      {names.length > named && <span>and {names.length - named} more</span>}
    </p>
  );
}
