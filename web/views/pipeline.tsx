import type { PipelineView } from '../../shared/views/pipeline-view.ts';
import type { RunList } from '../../shared/views/run-list.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo, hrefWith } from '../page/route.ts';
import { isBad, isLive } from '../page/states.ts';
import { duration, lasted } from '../page/times.ts';
import { ActButton } from '../parts/act-button.tsx';
import { Graph } from '../parts/graph.tsx';
import { Grid } from '../parts/grid.tsx';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';
import { RunForm } from './run-form.tsx';

const tabs = { grid: 'Grid', runs: 'Runs', graph: 'Graph', triggers: 'Triggers' } as const;

export function Pipeline({ name }: { readonly name: string }) {
  const { route, times } = useShown();
  const view = useView<PipelineView>(paths.pipeline(name), () => 3_000);
  const { cursor, only } = route.query;
  const list = useView<RunList>(paths.runs({ pipeline: name, limit: 50, cursor }), () => 2_000);
  const title = <h1>{printable(name)}</h1>;
  if (view.value === undefined)
    return (
      <>
        {title}
        <Pending view={view} what="the pipeline" />
      </>
    );
  const pipeline = view.value;
  const tab = route.query.tab ?? 'grid';
  const all = list.value?.runs ?? [];
  const runs = all.filter(({ status }) =>
    only === 'failed' ? isBad(status) : only === 'live' ? isLive(status) : true,
  );
  const acts = {
    path: pipeline.paused ? paths.resume(name) : paths.pause(name),
    label: pipeline.paused ? 'Resume' : 'Pause',
  };
  return (
    <>
      <p class="crumbs">
        <a href={hrefTo(route, [])}>Pipelines</a>
      </p>
      {title}
      {pipeline.description !== undefined && <p>{printable(pipeline.description)}</p>}
      <p>
        {pipeline.paused && <strong>paused · </strong>}
        {pipeline.live.length} live of {pipeline.runs.max} at most, {pipeline.waiting} in the queue
      </p>
      <p class="tools">
        <a class="button primary" href={hrefWith(route, { run: '1' })}>
          Run …
        </a>
        <ActButton key={acts.label} {...acts} then={view.again} />
      </p>
      {route.query.run === '1' && <RunForm pipeline={pipeline} />}
      <nav class="tabs" aria-label="Ways to look at the pipeline">
        {Object.entries(tabs).map(([key, label]) => (
          <a
            key={key}
            href={hrefWith(route, { tab: key })}
            {...(key === tab ? { 'aria-current': 'page' as const } : {})}
          >
            {label}
          </a>
        ))}
        {(tab === 'grid' || tab === 'runs') && (
          <a class="filter" href={hrefWith(route, { only: only === 'failed' ? '' : 'failed' })}>
            {only === 'failed' ? 'All runs' : 'Only failed'}
          </a>
        )}
      </nav>
      {(tab === 'grid' || tab === 'runs') && (
        <>
          {list.value === undefined && <Pending view={list} what="the runs" />}
          {list.value !== undefined && (
            <p class="dim">
              {runs.length} of {all.length} runs{list.value.next !== undefined && ', and there are older ones'}{' '}
              {list.value.next !== undefined && <a href={hrefWith(route, { cursor: list.value.next })}>older</a>}{' '}
              {cursor !== undefined && <a href={hrefWith(route, { cursor: '' })}>newest</a>}
            </p>
          )}
        </>
      )}
      {tab === 'grid' && list.value !== undefined && (
        <Grid
          runs={runs}
          tasks={pipeline.tasks.map((task) => task.name)}
          {...(route.query.at === undefined ? {} : { selected: route.query.at })}
        />
      )}
      {tab === 'runs' && (
        <ul class="runs">
          {runs.map((run) => {
            const took = lasted(run.startedAt, run.endedAt, Date.now());
            return (
              <li key={run.id}>
                <a href={hrefTo(route, ['runs', run.id])}>{times.at(run.interval?.start ?? run.createdAt)}</a>{' '}
                <State state={run.status} />
                {took !== undefined && run.endedAt !== undefined && <span class="dim"> {duration(took)}</span>}
                {run.late === true && <strong> late</strong>}
                {run.waits !== undefined && <span class="dim"> {printable(run.waits)}</span>}
              </li>
            );
          })}
        </ul>
      )}
      {tab === 'graph' && (
        <Graph
          tasks={pipeline.tasks.map((task) => ({ name: task.name, after: task.after, state: 'waiting' as const }))}
          hrefOf={() => hrefWith(route, {})}
        />
      )}
      {tab === 'triggers' && (
        <ul class="plain">
          {pipeline.triggers.map((trigger) => (
            <li key={trigger.name}>
              <strong>{printable(trigger.name)}</strong> {trigger.kind}: {printable(trigger.what)}
              {trigger.next !== undefined && <> · next {times.at(trigger.next)}</>}
              {trigger.paused && <strong> · paused</strong>}{' '}
              <ActButton
                key={String(trigger.paused)}
                path={trigger.paused ? paths.resume(name) : paths.pause(name)}
                body={{ trigger: trigger.name }}
                label={trigger.paused ? `Resume ${trigger.name}` : `Pause ${trigger.name}`}
                then={view.again}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
