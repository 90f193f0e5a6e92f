import type { RunView } from '../../shared/views/run-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo } from '../page/route.ts';
import { useShown } from '../parts/shown.ts';

/** What a run was asked to do, by whom, and which runs it belongs with. */
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
        {objectsOf(run.trigger).map((object) => (
          <p key={object}>
            <a href={hrefTo(route, ['triggers'], { object })}>{printable(object)}</a>
          </p>
        ))}
        {run.changed === true && <p>The pipeline has changed since this run: the graph is the current one.</p>}
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

/** The objects that a trigger names, as addresses that *Where is my file?* takes. */
function objectsOf({ bucket, key }: RunView['trigger']): string[] {
  return typeof bucket === 'string' && typeof key === 'string' ? [`s3://${bucket}/${key}`] : [];
}
