import type { ItemsView } from '../../shared/views/run/run-view.ts';
import { printable } from '../page/printable.ts';
import { hrefTo } from '../page/route.ts';
import { useShown } from './shown.ts';

/** The progress of a task's items, and the runs of failed items. */
export function Items({ items }: { readonly items: ItemsView }) {
  const { route } = useShown();
  const { pipeline, sentence, running, waiting, failed, failures } = items;
  return (
    <section class="card">
      <h2>Items</h2>
      <p>
        {printable(sentence)}
        {running > 0 && `; ${running} running`}
        {waiting > 0 && `; ${waiting} not started`}. Each is a run of{' '}
        <a href={hrefTo(route, ['pipelines', pipeline])}>{printable(pipeline)}</a>.
      </p>
      {failures.length > 0 && (
        <ul class="plain">
          {failures.map(({ item, run, why }) => (
            <li key={`${item} ${run}`}>
              {printable(item)}:{' '}
              {run === undefined ? printable(why) : <a href={hrefTo(route, ['runs', run])}>{printable(run)}</a>}
            </li>
          ))}
        </ul>
      )}
      {failed > failures.length && <p class="dim">{failed - failures.length} more have failed.</p>}
    </section>
  );
}
