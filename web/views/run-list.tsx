import type { RunItem } from '../../shared/views/runs/run-list.ts';
import { paths } from '../api/paths.ts';
import { printable } from '../page/printable.ts';
import { goQuietly, hrefTo, hrefWith } from '../page/route.ts';
import { isBad, isLive } from '../page/states.ts';
import { duration, lasted } from '../page/times.ts';
import { BulkAct } from '../parts/bulk-act.tsx';
import { BulkPlan } from '../parts/bulk-plan.tsx';
import { useShown } from '../parts/shown.ts';
import { State } from '../parts/state.tsx';

type Props = {
  readonly pipeline: string;
  readonly runs: readonly RunItem[];
  /** Absent: there are no older ones. */
  readonly readOlder?: () => void;
  readonly again: () => void;
};

/** Runs, the newest first. The reader can choose several and act on them; the address has the choice. */
export function RunList({ pipeline, runs, readOlder, again }: Props) {
  const { route, times } = useShown();
  const chosen = new Set((route.query.chosen ?? '').split(',').filter((id) => id !== ''));
  const choose = (ids: Iterable<string>): void => goQuietly(hrefWith(route, { chosen: [...ids].join(',') }));
  const toggle = (id: string): void =>
    choose(chosen.has(id) ? [...chosen].filter((each) => each !== id) : [...chosen, id]);
  const picked = runs.filter(({ id }) => chosen.has(id));
  const item = (run: RunItem, path: string, body: unknown = {}) => ({
    id: run.id,
    words: `${run.id}, ${times.short(run.interval?.start ?? run.createdAt)}`,
    path,
    body,
  });
  return (
    <section class="card" aria-label="Runs">
      <p class="tools">
        <button
          type="button"
          class="small"
          onClick={() => choose(picked.length === runs.length ? [] : runs.map(({ id }) => id))}
        >
          {picked.length === runs.length ? 'Select none' : `Select all ${runs.length} shown`}
        </button>
        {picked.length === 0 && (
          <>
            <BulkPlan
              verb="Rerun"
              what="all failed runs"
              planAt={paths.planReruns()}
              actAt={paths.reruns()}
              body={{ pipeline, status: ['FAILED', 'TIMED_OUT'] }}
              then={again}
            />
            <BulkPlan
              verb="Stop"
              what="all live runs"
              planAt={paths.planStops()}
              actAt={paths.stops()}
              body={{ pipeline }}
              then={again}
            />
          </>
        )}
        {picked.length > 0 && (
          <>
            <span>{picked.length} selected</span>
            <BulkAct
              verb="Stop"
              noun="live run"
              items={picked.filter(({ status }) => isLive(status)).map((run) => item(run, paths.stop(run.id)))}
              then={again}
            />
            <BulkAct
              verb="Rerun"
              noun="failed run"
              items={picked
                .filter(({ status }) => isBad(status))
                .map((run) => item(run, paths.rerun(run.id), { failed: true }))}
              then={again}
            />
          </>
        )}
      </p>
      <ul class="runs">
        {runs.map((run) => {
          const took = lasted(run.startedAt, run.endedAt, Date.now());
          const when = times.at(run.interval?.start ?? run.createdAt);
          return (
            <li key={run.id}>
              <input
                type="checkbox"
                aria-label={`Select ${printable(run.id)}`}
                checked={chosen.has(run.id)}
                onChange={() => toggle(run.id)}
              />
              <a href={hrefTo(route, ['runs', run.id])}>{when}</a>
              <State state={run.status} />
              <span class="dim">{took !== undefined && run.endedAt !== undefined && duration(took)}</span>
              <span class="more">
                {run.late === true && <span class="tag warn">late</span>}
                {run.trigger !== undefined && (
                  <span class="dim">{printable(run.trigger.name ?? run.trigger.kind)}</span>
                )}
                {run.rerunOf !== undefined && <span class="tag">rerun</span>}
                {run.waits !== undefined && <span class="dim">{printable(run.waits)}</span>}
              </span>
            </li>
          );
        })}
      </ul>
      {readOlder !== undefined && (
        <button type="button" onClick={readOlder}>
          Older runs
        </button>
      )}
    </section>
  );
}
