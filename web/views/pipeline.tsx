import { present } from '../../shared/json.ts';
import type { PipelineView } from '../../shared/views/pipelines/pipeline-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo, hrefWith } from '../page/route.ts';
import { duration } from '../page/times.ts';
import { ActButton } from '../parts/act-button.tsx';
import { Facts } from '../parts/facts.tsx';
import { Graph } from '../parts/graph.tsx';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';
import { Tabs } from '../parts/tabs.tsx';
import { PipelineRuns } from './pipeline-runs.tsx';
import { RunForm } from './run-form.tsx';

const tabs = { grid: 'Grid', runs: 'Runs', graph: 'Graph', triggers: 'Triggers' } as const;

/** A pipeline: its runs by its tasks, its graph, and what starts it. */
export function Pipeline({ name }: { readonly name: string }) {
  const { route, times } = useShown();
  const view = useView<PipelineView>(paths.pipeline(name), () => 3_000);
  const pipeline = view.value;
  if (pipeline === undefined)
    return (
      <>
        <h1>{printable(name)}</h1>
        <Pending view={view} what="the pipeline" />
      </>
    );
  const { tab = 'grid' } = route.query;
  const next = pipeline.triggers.flatMap((trigger) => (trigger.next === undefined ? [] : [trigger.next])).toSorted()[0];
  const pause = pipeline.paused
    ? { path: paths.resume(name), label: 'Resume' }
    : { path: paths.pause(name), label: 'Pause' };
  return (
    <>
      <p class="crumbs">
        <a href={hrefTo(route, [])}>Pipelines</a>
      </p>
      <div class="head">
        <div>
          <h1>
            {printable(name)}
            {pipeline.paused && <span class="tag warn">paused</span>}
          </h1>
          {pipeline.description !== undefined && <p class="dim">{printable(pipeline.description)}</p>}
        </div>
        <p class="tools">
          <ActButton key={pause.label} {...pause} then={view.again} />
          <a class="button primary" href={hrefWith(route, { run: '1' })}>
            Run …
          </a>
        </p>
      </div>
      {route.query.run === '1' && <RunForm pipeline={pipeline} />}
      <Facts
        facts={{
          Live: `${pipeline.live.length} of ${pipeline.runs.max}`,
          Queued: pipeline.waiting,
          'Next run': next === undefined ? undefined : times.at(next),
          Tasks: pipeline.tasks.length,
        }}
      />
      <Tabs label="Views of this pipeline" tabs={tabs} chosen={tab} />
      {(tab === 'grid' || tab === 'runs') && <PipelineRuns pipeline={pipeline} as={tab} />}
      {tab === 'graph' && (
        <Graph
          tasks={pipeline.tasks}
          hrefOf={(task) => hrefWith(route, { task })}
          {...present({ selected: route.query.task })}
        />
      )}
      {tab === 'graph' && <TaskOfGraph pipeline={pipeline} />}
      {tab === 'triggers' && <OwnTriggers pipeline={pipeline} again={view.again} />}
    </>
  );
}

/** The definition of the task chosen in the graph. */
function TaskOfGraph({ pipeline }: { readonly pipeline: PipelineView }) {
  const { route } = useShown();
  const task = pipeline.tasks.find(({ name }) => name === route.query.task);
  if (task === undefined) return <p class="dim">Choose a task to see how it is defined.</p>;
  return (
    <section class="card">
      <h2>{printable(task.name)}</h2>
      {task.description !== undefined && <p>{printable(task.description)}</p>}
      <Facts
        facts={{
          Work: printable(`${task.kind} ${task.work}`),
          'Runs when': printable(task.when),
          If: task.if === undefined ? undefined : <code>{printable(task.if)}</code>,
          Attempts: task.attempts,
          Timeout: duration(task.timeoutSeconds * 1_000),
          Publishes: task.publishes.length === 0 ? undefined : printable(task.publishes.join(', ')),
          'On failure': task.tolerate ? 'the run continues' : 'the run fails',
        }}
      />
    </section>
  );
}

type OwnProps = { readonly pipeline: PipelineView; readonly again: () => void };

function OwnTriggers({ pipeline: { name, triggers }, again }: OwnProps) {
  const { times } = useShown();
  if (triggers.length === 0)
    return (
      <p class="dim">
        Nothing starts it by itself. <em>Run …</em> does.
      </p>
    );
  return (
    <ul class="plain card">
      {triggers.map((trigger) => (
        <li key={trigger.name} class="row-act">
          <span>
            <strong>{printable(trigger.name)}</strong> {trigger.kind}: {printable(trigger.what)}
            {trigger.next !== undefined && <span class="dim"> · next {times.at(trigger.next)}</span>}
            {trigger.paused && <span class="tag warn">paused</span>}
          </span>
          <ActButton
            key={String(trigger.paused)}
            path={trigger.paused ? paths.resume(name) : paths.pause(name)}
            body={{ trigger: trigger.name }}
            label={`${trigger.paused ? 'Resume' : 'Pause'} ${trigger.name}`}
            then={again}
          />
        </li>
      ))}
    </ul>
  );
}
