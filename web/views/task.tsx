import type { RunView, TaskView } from '../../shared/views/run/run-view.ts';
import type { TaskDetail } from '../../shared/views/run/task-detail.ts';
import type { WhyView } from '../../shared/views/why/why-view.ts';
import { paths } from '../api/paths.ts';
import { useLiveRun } from '../api/use-live-run.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo } from '../page/route.ts';
import { duration } from '../page/times.ts';
import { Attempts } from '../parts/attempts.tsx';
import { Facts } from '../parts/facts.tsx';
import { Items } from '../parts/items.tsx';
import { Lasting } from '../parts/lasting.tsx';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';
import { Approvals } from './approvals.tsx';
import { Log } from './log.tsx';
import { TaskDetails } from './task-details.tsx';

/** A task of a run: its attempts, its result and its log. */
export function Task({ id, name }: { readonly id: string; readonly name: string }) {
  const { route, times } = useShown();
  const view = useLiveRun(id);
  const run = view.value;
  const task = run?.tasks.find((each) => each.name === name);
  const every = (): number | undefined => (run?.settled === true ? undefined : 2_000);
  const version = `${task?.state} ${run?.settled}`;
  const detail = useView<TaskDetail>(task === undefined ? undefined : paths.task(id, name), every, version);
  const why = useView<WhyView>(task === undefined ? undefined : paths.why(id, name), every, version);
  if (run === undefined)
    return (
      <>
        <h1>{printable(name)}</h1>
        <Pending view={view} what={`run ${id}`} />
      </>
    );
  const crumbs = (
    <p class="crumbs">
      <a href={hrefTo(route, [])}>Pipelines</a> /{' '}
      <a href={hrefTo(route, ['pipelines', run.pipeline], { at: id })}>{printable(run.pipeline)}</a> /{' '}
      <a href={hrefTo(route, ['runs', id])}>{printable(id)}</a>
    </p>
  );
  if (task === undefined)
    return (
      <>
        {crumbs}
        <h1>{printable(name)}</h1>
        <p class="problem">This run has no task of that name.</p>
      </>
    );
  const chosen = Number(route.query.attempt ?? task.attempts.length);
  const after = run.tasks.filter((each) => each.after.includes(name));
  const spent = task.attempts.reduce((sum, { dpuSeconds = 0 }) => sum + dpuSeconds, 0);
  return (
    <>
      {crumbs}
      <div class="head">
        <div>
          <h1>
            {printable(name)}
            <State state={task.state} />
            {task.kept && <span class="tag">kept from an earlier run</span>}
          </h1>
          {why.value !== undefined && <p class="sentence">{printable(why.value.sentence)}</p>}
        </div>
        {run.settled && (
          <p class="tools">
            <a class="button" href={hrefTo(route, ['runs', id], { rerun: `from:${name}` })}>
              Rerun from here …
            </a>
          </p>
        )}
      </div>
      <Approvals run={id} tasks={[task]} then={view.again} />
      {task.cause !== undefined && (
        <p class={task.cause.includes('\n') ? 'error lines' : 'error'}>
          {task.error !== undefined && !task.cause.includes(task.error) && <strong>{printable(task.error)} </strong>}
          {printable(task.cause)}
        </p>
      )}
      <Facts
        facts={{
          Started: task.startedAt === undefined ? undefined : times.at(task.startedAt),
          ...(task.startedAt === undefined
            ? {}
            : {
                [task.endedAt === undefined ? 'Running for' : 'Took']: (
                  <Lasting from={task.startedAt} to={task.endedAt} />
                ),
              }),
          Attempts: task.attempts.length === 0 ? undefined : task.attempts.length,
          Queued: secondsWords(detail.value?.total.queueSeconds),
          'Start-up': secondsWords(detail.value?.total.startUpSeconds),
          Worked: secondsWords(detail.value?.total.workSeconds),
          Timeout:
            detail.value?.timeoutSeconds === undefined ? undefined : duration(detail.value.timeoutSeconds * 1_000),
          'DPU-seconds':
            spent === 0 ? undefined : spent.toLocaleString('en', { maximumFractionDigits: spent < 10 ? 2 : 0 }),
          Job: task.attempts[0] === undefined ? undefined : printable(task.attempts[0].work),
          'Tries again': task.triesAgainAt === undefined ? undefined : times.at(task.triesAgainAt),
        }}
      />
      <Neighbours label="Runs after" run={run} names={task.after} />
      <Neighbours label="Runs before" run={run} names={after.map((each) => each.name)} />
      {task.items !== undefined && <Items items={task.items} />}
      <section class="card">
        <h2>Attempts</h2>
        <Attempts attempts={detail.value?.attempts ?? task.attempts} chosen={chosen} />
      </section>
      {task.attempts.length > 0 && (
        <section class="card">
          <Log
            run={id}
            task={name}
            attempt={chosen}
            settled={hasEnded(run, task)}
            lines={Number(route.query.lines) || 500}
            whole
          />
        </section>
      )}
      {detail.value !== undefined && <TaskDetails task={detail.value} />}
    </>
  );
}

function secondsWords(seconds: number | undefined): string | undefined {
  return seconds === undefined || seconds === 0 ? undefined : duration(seconds * 1_000);
}

/** The log of an ended task does not grow. */
function hasEnded(run: RunView, { endedAt, state }: TaskView): boolean {
  return run.settled || (endedAt !== undefined && state !== 'retrying');
}

type NeighboursProps = { readonly label: string; readonly run: RunView; readonly names: readonly string[] };

function Neighbours({ label, run, names }: NeighboursProps) {
  const { route } = useShown();
  if (names.length === 0) return null;
  const states = new Map(run.tasks.map(({ name, state }) => [name, state]));
  return (
    <p class="blocked">
      <span class="dim">{label}:</span>
      {names.slice(0, 12).map((name) => {
        const state = states.get(name);
        return (
          <a key={name} class="chip" href={hrefTo(route, ['runs', run.id, 'tasks', name])}>
            {printable(name)}
            {state !== undefined && <State state={state} />}
          </a>
        );
      })}
      {names.length > 12 && `and ${names.length - 12} more`}
    </p>
  );
}
