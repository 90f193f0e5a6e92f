import type { RunView } from '../../shared/views/run/run-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo } from '../page/route.ts';
import { useShown } from '../parts/shown.ts';
import { BatchObjects } from './batch-objects.tsx';

/** A run's request: parameters, trigger, and related runs. */
export function RunDetails({ run }: { readonly run: RunView }) {
  const { route, times } = useShown();
  const related = [...(run.startedBy === undefined ? [] : [run.startedBy]), ...run.started];
  return (
    <div class="columns">
      <section class="card">
        <h2>Parameters</h2>
        <pre tabIndex={0}>{printable(JSON.stringify(run.params, null, 2))}</pre>
        {run.interval !== undefined && (
          <p>
            Interval: {times.at(run.interval.start)} to {times.at(run.interval.end)}
          </p>
        )}
      </section>
      <section class="card">
        <h2>Trigger</h2>
        <pre tabIndex={0}>{printable(JSON.stringify(run.trigger, null, 2))}</pre>
        {typeof run.trigger.batch === 'string' && <BatchObjects batch={run.trigger.batch} />}
        {run.changed === true && <p>The pipeline has changed since this run started.</p>}
      </section>
      {related.length > 0 && (
        <section class="card">
          <h2>Related runs</h2>
          <ul class="plain">
            {related.map((other) => (
              <li key={other.run}>
                {other === run.startedBy ? 'Started by' : 'Started'}{' '}
                <a href={hrefTo(route, ['runs', other.run])}>{printable(other.run)}</a>{' '}
                <span class="dim">({other.by === 'rerun' ? 'rerun' : 'pipeline'})</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
