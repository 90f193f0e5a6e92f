import type { WhereView } from '../../../shared/views/triggers/trigger-lists.ts';
import { paths } from '../../api/paths.ts';
import { useView } from '../../api/use-view.ts';
import { printable } from '../../page/printable.ts';
import { goQuietly, hrefTo, hrefWith } from '../../page/route.ts';
import { Pending } from '../../parts/problem.tsx';
import { useShown } from '../../parts/shown.ts';
import { State } from '../../parts/state.tsx';
import { slow } from './section.tsx';

/** What happened to an object: its batch, its run, or why no trigger takes it. */
export function Where() {
  const { route, times } = useShown();
  const { object = '' } = route.query;
  const isAddress = object.startsWith('s3://');
  const view = useView<WhereView>(isAddress ? paths.arrivals(object) : undefined, slow);
  const answer = view.value;
  return (
    <section class="card" aria-label="Where is my file?">
      <h2>Where is my file?</h2>
      <form
        class="tools"
        onSubmit={(event) => {
          event.preventDefault();
          const field = new FormData(event.currentTarget).get('object');
          goQuietly(hrefWith(route, { object: typeof field === 'string' ? field : '' }));
        }}
      >
        <label>
          <span class="dim">Address</span>{' '}
          <input type="search" name="object" defaultValue={object} placeholder="s3://bucket/key" size={40} />
        </label>
        <button type="submit">Find</button>
      </form>
      {object !== '' && !isAddress && <p class="problem">An address starts with s3://</p>}
      {isAddress && answer === undefined && <Pending view={view} what="the arrivals" />}
      {answer !== undefined && answer.arrivals.length === 0 && <p>No trigger has seen it.</p>}
      {answer !== undefined && (
        <ul class="plain">
          {answer.arrivals.map((arrival) => (
            <li key={`${arrival.batch} ${arrival.at}`}>
              <time dateTime={arrival.at}>{times.at(arrival.at)}</time>{' '}
              <strong>{printable(`${arrival.pipeline}.${arrival.trigger}`)}</strong>: batch {arrival.state}
              {arrival.until !== undefined && `, until ${times.at(arrival.until)} at the latest`}
              {arrival.run !== undefined && (
                <>
                  , run <a href={hrefTo(route, ['runs', arrival.run])}>{printable(arrival.run)}</a>{' '}
                  {arrival.status !== undefined && <State state={arrival.status} />}
                </>
              )}
            </li>
          ))}
          {answer.triggers.flatMap(({ pipeline, trigger, why }) =>
            why === undefined
              ? []
              : [
                  <li key={`${pipeline}.${trigger}`} class="dim">
                    {printable(`${pipeline}.${trigger}: ${why}`)}
                  </li>,
                ],
          )}
        </ul>
      )}
    </section>
  );
}
