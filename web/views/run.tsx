import type { RunView, TaskView } from '../../shared/views/run/run-view.ts';
import type { WhyView } from '../../shared/views/why/why-view.ts';
import { paths } from '../api/paths.ts';
import { useLiveRun } from '../api/use-live-run.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo, hrefWith } from '../page/route.ts';
import { isLive } from '../page/states.ts';
import { ActButton } from '../parts/act-button.tsx';
import { Chips } from '../parts/chips.tsx';
import { Facts } from '../parts/facts.tsx';
import { Gantt } from '../parts/gantt.tsx';
import { Graph } from '../parts/graph.tsx';
import { Lasting } from '../parts/lasting.tsx';
import { Pending } from '../parts/problem.tsx';
import { Progress } from '../parts/progress.tsx';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Approvals } from './approvals.tsx';
import { Definition } from './definition.tsx';
import { Failure } from './failure.tsx';
import { Rerun } from './rerun.tsx';
import { RunDetails } from './run-details.tsx';
import { RunEvents } from './run-events.tsx';

const tabs = {
  graph: 'Graph',
  gantt: 'Gantt',
  events: 'What happened',
  details: 'Details',
  definition: 'Definition',
} as const;

/** Which tasks are shown, by the choice in the address. */
const choices: Readonly<Record<string, (task: TaskView) => boolean>> = {
  all: () => true,
  open: ({ state }) => state !== 'succeeded' && state !== 'skipped',
  failed: ({ state }) => state === 'failed' || state === 'timed_out' || state === 'upstream_failed',
};
const choiceWords: Readonly<Record<string, string>> = { all: 'All tasks', open: 'Not done', failed: 'Failed' };

/** A run: its state and why, in one sentence, then its tabs. */
export function Run({ id }: { readonly id: string }) {
  const { route, times } = useShown();
  const view = useLiveRun(id);
  const run = view.value;
  const progress = run === undefined ? '' : progressOf(run);
  const why = useView<WhyView>(
    run === undefined ? undefined : paths.why(id),
    () => (run?.settled === true ? undefined : 5_000),
    // a sentence about a different state would mislead
    progress,
  );
  if (run === undefined)
    return (
      <>
        <h1>Run {printable(id)}</h1>
        <Pending view={view} what={`run ${id}`} />
      </>
    );
  const tab = tabNamed(route.query.tab);
  const failed = run.tasks.filter(
    ({ state, tolerated }) => !tolerated && (state === 'failed' || state === 'timed_out'),
  );
  const live = isLive(run.status);
  const passes = choices[route.query.tasks ?? 'all'] ?? choices.all ?? (() => true);
  const tasks = run.tasks.filter(passes);
  const taskHref = (task: string): string => hrefTo(route, ['runs', id, 'tasks', task]);
  const spent = run.tasks.reduce(
    (sum, task) => sum + task.attempts.reduce((all, { dpuSeconds = 0 }) => all + dpuSeconds, 0),
    0,
  );
  return (
    <>
      <p class="crumbs">
        <a href={hrefTo(route, [])}>Pipelines</a> /{' '}
        <a href={hrefTo(route, ['pipelines', run.pipeline], { at: id })}>{printable(run.pipeline)}</a>
      </p>
      <div class="head">
        <div>
          <h1>
            {run.interval === undefined
              ? `Run of ${times.short(run.createdAt)}`
              : `Run for ${times.short(run.interval.start)}`}
            <State state={run.status} />
            {run.late === true && <span class="tag warn">late</span>}
          </h1>
          {why.value !== undefined && <p class="sentence">{printable(why.value.sentence)}</p>}
        </div>
        <p class="tools">
          {live && <ActButton path={paths.stop(id)} label="Stop" then={view.again} />}
          {!live && route.query.rerun === undefined && (
            <a class="button primary" href={hrefWith(route, { rerun: failed.length > 0 ? 'failed' : 'all' })}>
              Rerun …
            </a>
          )}
        </p>
      </div>
      {route.query.rerun !== undefined && <Rerun run={run} how={route.query.rerun} />}
      <Approvals run={id} tasks={run.tasks} then={view.again} />
      {failed.length > 0 && <Failure run={run} failed={failed} />}
      <Facts
        facts={{
          ...(run.startedAt === undefined
            ? { Requested: times.at(run.createdAt) }
            : { Started: times.at(run.startedAt) }),
          ...(run.startedAt === undefined
            ? {}
            : {
                [run.endedAt === undefined ? 'Running for' : 'Took']: <Lasting from={run.startedAt} to={run.endedAt} />,
              }),
          Trigger: printable(triggerWords(run.trigger)),
          'DPU-seconds':
            spent === 0 ? undefined : spent.toLocaleString('en', { maximumFractionDigits: spent < 10 ? 2 : 0 }),
          Run: <code>{printable(run.id)}</code>,
        }}
      />
      <Progress tasks={run.tasks} />
      <Tabs label="Views of this run" tabs={tabs} chosen={tab} />
      {(tab === 'graph' || tab === 'gantt') && (
        <div class="filters">
          <Chips
            label="Which tasks"
            name="tasks"
            choices={Object.entries(choices).map(([key, isShown]) => ({
              key,
              word: choiceWords[key] ?? key,
              count: run.tasks.filter(isShown).length,
            }))}
          />
          {tasks.length < run.tasks.length && (
            <span class="dim">
              {tasks.length} of {run.tasks.length} tasks shown
            </span>
          )}
        </div>
      )}
      {tab === 'graph' && <Graph tasks={tasks} hrefOf={taskHref} />}
      {tab === 'gantt' && <Gantt tasks={tasks} hrefOf={taskHref} />}
      {tab === 'events' && <RunEvents id={id} version={progress} />}
      {tab === 'details' && <RunDetails run={run} />}
      {tab === 'definition' && <Definition run={run} />}
    </>
  );
}

/** Changes whenever a task's state or number of attempts does. */
function progressOf({ status, settled, tasks }: RunView): string {
  return JSON.stringify([status, settled, tasks.map(({ state, attempts }) => [state, attempts.length])]);
}

function tabNamed(name: string | undefined): keyof typeof tabs {
  if (name === 'gantt' || name === 'events' || name === 'details' || name === 'definition') return name;
  return 'graph';
}

/** `schedule nightly`, `s3 files`, `manual`. */
function triggerWords(trigger: RunView['trigger']): string {
  return [trigger.kind, trigger.name].filter((part) => typeof part === 'string').join(' ');
}
