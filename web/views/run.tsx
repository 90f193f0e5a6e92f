import type { EventList } from '../../shared/views/event-view.ts';
import type { RunView } from '../../shared/views/run-view.ts';
import type { WhyView } from '../../shared/views/why-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo, hrefWith } from '../page/route.ts';
import { isLive } from '../page/states.ts';
import { duration, lasted } from '../page/times.ts';
import { useNow } from '../page/use-now.ts';
import { ActButton } from '../parts/act-button.tsx';
import { Gantt } from '../parts/gantt.tsx';
import { Graph } from '../parts/graph.tsx';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';
import { Failure } from './failure.tsx';
import { Rerun } from './rerun.tsx';

const tabs = ['graph', 'gantt', 'events', 'details'] as const;
const tabNames = { graph: 'Graph', gantt: 'Gantt', events: 'What happened', details: 'Details' };

export function Run({ id }: { readonly id: string }) {
  const { route, times } = useShown();
  const view = useView<RunView>(paths.run(id), ({ settled }) => (settled ? undefined : 1_000));
  const run = view.value;
  // asked again whenever the run has changed its state
  const why = useView<WhyView>(run === undefined ? undefined : paths.why(id), () =>
    run?.settled === true ? undefined : 2_000,
  );
  const now = useNow(run !== undefined && isLive(run.status));
  if (run === undefined)
    return (
      <>
        <h1>Run {printable(id)}</h1>
        <Pending view={view} what={`run ${id}`} />
      </>
    );
  const tab = tabs.find((each) => each === route.query.tab) ?? 'graph';
  const taskHref = (task: string): string => hrefTo(route, ['runs', id, 'tasks', task]);
  const took = lasted(run.startedAt, run.endedAt, now);
  const failed = run.tasks.filter(
    ({ state, tolerated }) => !tolerated && (state === 'failed' || state === 'timed_out'),
  );
  const todo = route.query.todo === '1';
  const tasks = todo ? run.tasks.filter(({ state }) => state !== 'succeeded' && state !== 'skipped') : run.tasks;
  const live = isLive(run.status);
  return (
    <>
      <p class="crumbs">
        <a href={hrefTo(route, [])}>Pipelines</a> /{' '}
        <a href={hrefTo(route, ['pipelines', run.pipeline])}>{printable(run.pipeline)}</a>
      </p>
      <h1>
        {run.interval === undefined
          ? `Run of ${times.short(run.createdAt)}`
          : `Run for ${times.short(run.interval.start)}`}
      </h1>
      <p class="sentence">
        <State state={run.status} /> {why.value !== undefined && printable(why.value.sentence)}
      </p>
      <p class="dim">
        {run.startedAt === undefined ? `asked for ${times.at(run.createdAt)}` : `started ${times.at(run.startedAt)}`}
        {took !== undefined && `, ${run.endedAt === undefined ? 'for' : 'took'} ${duration(took)}`}
        {run.late === true && <strong> · late</strong>} · <code>{printable(run.id)}</code>
      </p>
      <p class="tools">
        {live && <ActButton path={paths.stop(id)} label="Stop" />}
        {!live && route.query.rerun === undefined && (
          <a class="button primary" href={hrefWith(route, { rerun: failed.length > 0 ? 'failed' : 'all' })}>
            Rerun …
          </a>
        )}
      </p>
      {route.query.rerun !== undefined && <Rerun run={run} how={route.query.rerun} />}
      {failed.length > 0 && <Failure run={run} failed={failed} />}
      <nav class="tabs" aria-label="Ways to look at the run">
        {tabs.map((each) => (
          <a
            key={each}
            href={hrefWith(route, { tab: each })}
            {...(each === tab ? { 'aria-current': 'page' as const } : {})}
          >
            {tabNames[each]}
          </a>
        ))}
        {(tab === 'graph' || tab === 'gantt') && (
          <a class="filter" href={hrefWith(route, { todo: todo ? '' : '1' })}>
            {todo ? `All ${run.tasks.length} tasks` : 'Only what is not done'}
          </a>
        )}
      </nav>
      {tasks.length < run.tasks.length && (
        <p class="dim">
          {tasks.length} of {run.tasks.length} tasks
        </p>
      )}
      {tab === 'graph' && <Graph tasks={tasks} hrefOf={taskHref} />}
      {tab === 'gantt' && <Gantt tasks={tasks} now={now} hrefOf={taskHref} />}
      {tab === 'events' && <Events id={id} />}
      {tab === 'details' && <Details run={run} />}
    </>
  );
}

function Events({ id }: { readonly id: string }) {
  const { times } = useShown();
  const view = useView<EventList>(paths.events(id), ({ settled }) => (settled ? undefined : 1_000));
  if (view.value === undefined) return <Pending view={view} what="what happened" />;
  return (
    <ol class="events">
      {view.value.events.map((event) => (
        <li key={event.id}>
          <time dateTime={event.at}>{times.at(event.at)}</time> {printable(event.sentence)}
        </li>
      ))}
    </ol>
  );
}

function Details({ run }: { readonly run: RunView }) {
  const { route, times } = useShown();
  const related = [...(run.startedBy === undefined ? [] : [run.startedBy]), ...run.started];
  return (
    <>
      {run.interval !== undefined && (
        <p>
          Interval: {times.at(run.interval.start)} to {times.at(run.interval.end)}
        </p>
      )}
      <h2>Parameters</h2>
      <pre tabIndex={0}>{printable(JSON.stringify(run.params, null, 2))}</pre>
      <h2>What asked for it</h2>
      <pre tabIndex={0}>{printable(JSON.stringify(run.trigger, null, 2))}</pre>
      {run.changed === true && <p>The pipeline has other tasks by now than this run had.</p>}
      {related.length > 0 && (
        <>
          <h2>Runs before and after</h2>
          <ul>
            {related.map((other) => (
              <li key={other.run}>
                {other === run.startedBy ? 'started by' : 'started'}{' '}
                <a href={hrefTo(route, ['runs', other.run])}>{printable(other.run)}</a> ({other.by})
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
