import type { BatchView } from '../../shared/views/triggers/trigger-lists.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { goQuietly, hrefTo, hrefWith } from '../page/route.ts';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';

/** The objects that started a run, a page at a time. Each links to its arrival. */
export function BatchObjects({ batch }: { readonly batch: string }) {
  const { route } = useShown();
  const { objects: from } = route.query;
  const view = useView<BatchView>(paths.batch(batch, from), () => undefined);
  if (view.value === undefined) return <Pending view={view} what="the objects" />;
  const { objects, count, next } = view.value;
  return (
    <>
      <h3>
        {count} object{count === 1 ? '' : 's'}
      </h3>
      <ul class="plain scroll" tabIndex={0}>
        {objects.map(({ bucket, key, size }) => {
          const object = `s3://${bucket}/${key}`;
          return (
            <li key={object}>
              <a href={hrefTo(route, ['triggers'], { object })}>{printable(object)}</a>
              {size !== undefined && <span class="dim"> {size.toLocaleString('en')} bytes</span>}
            </li>
          );
        })}
      </ul>
      <p class="tools">
        {from !== undefined && <a href={hrefWith(route, { objects: '' })}>First objects</a>}
        {next !== undefined && (
          <button type="button" onClick={() => goQuietly(hrefWith(route, { objects: next }))}>
            More objects
          </button>
        )}
      </p>
    </>
  );
}
