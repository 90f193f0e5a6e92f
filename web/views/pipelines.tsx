import type { PipelineItem, PipelineList } from '../../shared/views/pipeline-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { goQuietly, hrefTo, hrefWith } from '../page/route.ts';
import { isBad } from '../page/states.ts';
import { useNow } from '../page/use-now.ts';
import { Pending } from '../parts/problem.tsx';
import { RunBars } from '../parts/run-bars.tsx';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';

/** Every pipeline with its last runs; those that need somebody first. */
export function Pipelines() {
  const { route } = useShown();
  const view = useView<PipelineList>(paths.pipelines(), ({ pipelines }) =>
    pipelines.some(({ live, waiting }) => live.length + waiting > 0) ? 2_000 : 5_000,
  );
  const pipelines = view.value?.pipelines ?? [];
  const now = useNow(pipelines.some(({ live }) => live.length > 0));
  const { find = '' } = route.query;
  const shown = pipelines
    .filter(({ name }) => name.includes(find))
    .toSorted((a, b) => urgency(b) - urgency(a) || a.name.localeCompare(b.name));
  return (
    <>
      <h1>Pipelines</h1>
      {view.value === undefined ? (
        <Pending view={view} what="the pipelines" />
      ) : (
        <>
          <p class="tools">
            <label>
              Find{' '}
              <input
                type="search"
                value={find}
                data-find
                onInput={(event) => goQuietly(hrefWith(route, { find: event.currentTarget.value }))}
              />
            </label>
            <span class="dim">
              {shown.length} of {pipelines.length}
            </span>
          </p>
          <ul class="pipelines">
            {shown.map((pipeline) => (
              <Row key={pipeline.name} pipeline={pipeline} now={now} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Failed first, then late, then live. */
function urgency({ lastRuns, live }: PipelineItem): number {
  const ended = lastRuns.find(({ endedAt }) => endedAt !== undefined);
  if (ended !== undefined && isBad(ended.status)) return 3;
  if (lastRuns.some(({ late, endedAt }) => late === true && endedAt === undefined)) return 2;
  return live.length > 0 ? 1 : 0;
}

function Row({ pipeline, now }: { readonly pipeline: PipelineItem; readonly now: number }) {
  const { route, times } = useShown();
  const { name, description, paused, lastRuns, live, waiting, triggers } = pipeline;
  const [latest] = lastRuns;
  const next = triggers.flatMap((trigger) => (trigger.next === undefined ? [] : [trigger.next])).toSorted()[0];
  const late = lastRuns.some((run) => run.late === true && run.endedAt === undefined);
  return (
    <li>
      <div class="what">
        <h2>
          <a href={hrefTo(route, ['pipelines', name])}>{printable(name)}</a>
        </h2>
        {description !== undefined && <p class="dim">{printable(description)}</p>}
        <p>
          {latest === undefined ? <span class="dim">has not run yet</span> : <State state={latest.status} />}
          {live.length > 0 && <span> · {live.length} live</span>}
          {waiting > 0 && <span> · {waiting} in the queue</span>}
          {late && <strong> · late</strong>}
          {paused && <strong> · paused</strong>}
          {next !== undefined && <span class="dim"> · next {times.short(next)}</span>}
        </p>
      </div>
      <RunBars runs={lastRuns} now={now} />
    </li>
  );
}
