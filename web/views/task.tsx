import type { AttemptView, RunView } from '../../shared/views/run-view.ts';
import type { WhyView } from '../../shared/views/why-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo, hrefWith } from '../page/route.ts';
import { duration, lasted } from '../page/times.ts';
import { useNow } from '../page/use-now.ts';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';
import { Log } from './log.tsx';

/** A task of a run: its attempts, what came of it, and its log. */
export function Task({ id, name }: { readonly id: string; readonly name: string }) {
  const { route } = useShown();
  const view = useView<RunView>(paths.run(id), ({ settled }) => (settled ? undefined : 1_000));
  const run = view.value;
  const task = run?.tasks.find((each) => each.name === name);
  const why = useView<WhyView>(task === undefined ? undefined : paths.why(id, name), () =>
    run?.settled === true ? undefined : 2_000,
  );
  const live = task !== undefined && task.startedAt !== undefined && task.endedAt === undefined;
  const now = useNow(live);
  const title = <h1>{printable(name)}</h1>;
  if (run === undefined)
    return (
      <>
        {title}
        <Pending view={view} what={`run ${id}`} />
      </>
    );
  const crumbs = (
    <p class="crumbs">
      <a href={hrefTo(route, ['pipelines', run.pipeline])}>{printable(run.pipeline)}</a> /{' '}
      <a href={hrefTo(route, ['runs', id])}>{printable(id)}</a>
    </p>
  );
  if (task === undefined)
    return (
      <>
        {crumbs}
        {title}
        <p class="problem">The run has no task of this name.</p>
      </>
    );
  const chosen = Number(route.query.attempt ?? task.attempts.length);
  const after = run.tasks.filter((each) => each.after.includes(name));
  return (
    <>
      {crumbs}
      {title}
      <p class="sentence">
        <State state={task.state} more={task.kept ? ', kept of an earlier run' : ''} />{' '}
        {why.value !== undefined && printable(why.value.sentence)}
      </p>
      {task.cause !== undefined && (
        <p class="error">
          {task.error !== undefined && <strong>{printable(task.error)} </strong>}
          {printable(task.cause)}
        </p>
      )}
      {run.settled && (
        <p class="tools">
          <a class="button" href={hrefTo(route, ['runs', id], { rerun: `from:${name}` })}>
            Rerun from here …
          </a>
        </p>
      )}
      <Neighbours title="Waits for" run={run} names={task.after} />
      <Neighbours title="Before" run={run} names={after.map((each) => each.name)} />
      <h2>Attempts</h2>
      {task.attempts.length === 0 ? (
        <p class="dim">There has been none.</p>
      ) : (
        <div class="scroll" role="region" aria-label="Attempts" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {['Attempt', 'State', 'Began', 'Queue and start-up', 'Work', 'DPU-seconds', 'Which one', 'Why'].map(
                  (head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {task.attempts.map((attempt) => (
                <Attempt key={attempt.number} attempt={attempt} now={now} isChosen={attempt.number === chosen} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {task.output !== undefined && (
        <>
          <h2>Output</h2>
          <pre tabIndex={0}>{printable(JSON.stringify(task.output, null, 2))}</pre>
        </>
      )}
      {task.attempts.length > 0 && (
        <Log run={id} task={name} attempt={chosen} settled={run.settled} lines={Number(route.query.lines) || 500} />
      )}
    </>
  );
}

function Neighbours({
  title,
  run,
  names,
}: {
  readonly title: string;
  readonly run: RunView;
  readonly names: readonly string[];
}) {
  const { route } = useShown();
  if (names.length === 0) return null;
  return (
    <p>
      <span class="dim">{title}: </span>
      {names.slice(0, 12).map((name) => (
        <span key={name}>
          <a href={hrefTo(route, ['runs', run.id, 'tasks', name])}>{printable(name)}</a>{' '}
        </span>
      ))}
      {names.length > 12 && `and ${names.length - 12} more`}
    </p>
  );
}

function Attempt({ attempt, now, isChosen }: { attempt: AttemptView; now: number; isChosen: boolean }) {
  const { route, times } = useShown();
  const { number, state, startedAt, endedAt, workSeconds, dpuSeconds, kind, work, id, reason } = attempt;
  const took = lasted(startedAt, endedAt, now);
  const before = took === undefined || workSeconds === undefined ? undefined : Math.max(0, took - workSeconds * 1_000);
  return (
    <tr {...(isChosen ? { 'aria-current': 'true' as const } : {})}>
      <th scope="row">
        <a href={hrefWith(route, { attempt: String(number) })}>{number}</a>
      </th>
      <td>
        <State state={state} />
      </td>
      <td>{startedAt === undefined ? '' : times.at(startedAt)}</td>
      <td>{before === undefined ? 'not told' : duration(before)}</td>
      <td>
        {workSeconds === undefined
          ? took === undefined
            ? ''
            : `${duration(took)} in all`
          : duration(workSeconds * 1_000)}
      </td>
      <td>{dpuSeconds ?? 'not told'}</td>
      <td>
        {kind} {printable(work)} {id !== undefined && <code>{printable(id)}</code>}
      </td>
      <td>{reason === undefined ? '' : printable(reason.slice(0, 500))}</td>
    </tr>
  );
}
