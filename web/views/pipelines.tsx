import type { PipelineItem, PipelineList } from '../../shared/views/pipelines/pipeline-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { goQuietly, hrefTo, hrefWith } from '../page/route.ts';
import { isBad } from '../page/states.ts';
import { useNow } from '../page/use-now.ts';
import { Chips } from '../parts/chips.tsx';
import { Pending } from '../parts/problem.tsx';
import { RunBars } from '../parts/run-bars.tsx';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';

/** Each filter by its key in the address. */
const filters: Readonly<Record<string, (pipeline: PipelineItem) => boolean>> = {
  all: () => true,
  failed: hasFailed,
  late: isLate,
  live: ({ live, waiting }) => live.length + waiting > 0,
  paused: ({ paused }) => paused,
};

/** Every pipeline with its last runs, those with problems first. */
export function Pipelines() {
  const { route } = useShown();
  const view = useView<PipelineList>(paths.pipelines(), ({ pipelines }) =>
    pipelines.some(({ live, waiting }) => live.length + waiting > 0) ? 2_000 : 5_000,
  );
  const pipelines = view.value?.pipelines ?? [];
  const now = useNow(pipelines.some(({ live }) => live.length > 0));
  const { find = '', show = 'all' } = route.query;
  const shown = pipelines
    .filter((pipeline) => pipeline.name.includes(find) && (filters[show] ?? filters.all)?.(pipeline))
    .toSorted((a, b) => urgency(b) - urgency(a) || a.name.localeCompare(b.name));
  if (view.value === undefined)
    return (
      <>
        <h1>Pipelines</h1>
        <Pending view={view} what="the pipelines" />
      </>
    );
  return (
    <>
      <div class="head">
        <h1>Pipelines</h1>
        <p class="tools">
          <label>
            <span class="dim">Find</span>{' '}
            <input
              type="search"
              value={find}
              data-find
              onInput={(event) => goQuietly(hrefWith(route, { find: event.currentTarget.value }))}
            />
          </label>
        </p>
      </div>
      <div class="filters">
        <Chips
          label="Which pipelines"
          name="show"
          choices={Object.entries(filters).map(([key, passes]) => ({
            key,
            word: `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`,
            count: pipelines.filter(passes).length,
          }))}
        />
        {shown.length < pipelines.length && (
          <span class="dim">
            {shown.length} of {pipelines.length} shown
          </span>
        )}
      </div>
      {pipelines.length === 0 && (
        <p>
          No pipeline is deployed. <code>npx gluewright new NAME</code> writes one.
        </p>
      )}
      {shown.length > 0 && (
        <ul class="pipelines">
          {shown.map((pipeline) => (
            <Row key={pipeline.name} pipeline={pipeline} now={now} />
          ))}
        </ul>
      )}
    </>
  );
}

function hasFailed({ lastRuns }: PipelineItem): boolean {
  const ended = lastRuns.find(({ endedAt }) => endedAt !== undefined);
  return ended !== undefined && isBad(ended.status);
}

function isLate({ lastRuns }: PipelineItem): boolean {
  return lastRuns.some(({ late, endedAt }) => late === true && endedAt === undefined);
}

/** Failed first, then late, then live. */
function urgency(pipeline: PipelineItem): number {
  if (hasFailed(pipeline)) return 3;
  if (isLate(pipeline)) return 2;
  return pipeline.live.length > 0 ? 1 : 0;
}

function Row({ pipeline, now }: { readonly pipeline: PipelineItem; readonly now: number }) {
  const { route, times } = useShown();
  const { name, description, paused, lastRuns, live, waiting, triggers } = pipeline;
  const [latest] = lastRuns;
  const failed = lastRuns.find(({ endedAt }) => endedAt !== undefined);
  const next = triggers.flatMap((trigger) => (trigger.next === undefined ? [] : [trigger.next])).toSorted()[0];
  return (
    <li class={hasFailed(pipeline) || isLate(pipeline) ? 'needs' : ''}>
      <div class="what">
        <h2>
          <a href={hrefTo(route, ['pipelines', name])}>{printable(name)}</a>
        </h2>
        {description !== undefined && <p class="dim">{printable(description)}</p>}
      </div>
      <div class="what">
        <p>
          {latest === undefined ? <span class="dim">no runs yet</span> : <State state={latest.status} />}
          {failed !== undefined && failed !== latest && isBad(failed.status) && (
            <>
              {' '}
              <a href={hrefTo(route, ['runs', failed.id])}>last one failed</a>
            </>
          )}
          {isLate(pipeline) && <span class="tag warn">late</span>}
          {paused && <span class="tag warn">paused</span>}
        </p>
        <p class="dim">
          {[
            ...(live.length > 0 ? [`${live.length} live`] : []),
            ...(waiting > 0 ? [`${waiting} queued`] : []),
            ...(next === undefined ? [] : [`next ${times.short(next)}`]),
          ].join(' · ')}
        </p>
      </div>
      <RunBars runs={lastRuns} now={now} />
    </li>
  );
}
