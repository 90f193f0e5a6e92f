import type { QueueList } from '../../shared/views/queue-view.ts';
import type {
  DatasetList,
  LetterList,
  ScheduleList,
  WaitingList,
  WhereView,
} from '../../shared/views/trigger-lists.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { goQuietly, hrefTo, hrefWith } from '../page/route.ts';
import { ActButton } from '../parts/act-button.tsx';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';

const slow = (): number => 5_000;

/** What will start runs, what waits for what, and what was given up. */
export function Triggers() {
  return (
    <>
      <h1>Triggers</h1>
      <Where />
      <Schedules />
      <Waiting />
      <Datasets />
      <Queues />
      <DeadLetters />
    </>
  );
}

function Where() {
  const { route, times } = useShown();
  const { object = '' } = route.query;
  const view = useView<WhereView>(object.startsWith('s3://') ? paths.arrivals(object) : undefined, slow);
  const answer = view.value;
  return (
    <section>
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
          Address <input type="search" name="object" defaultValue={object} placeholder="s3://bucket/key" size={40} />
        </label>
        <button type="submit">Look</button>
      </form>
      {object !== '' && !object.startsWith('s3://') && <p class="problem">An address begins with s3://</p>}
      {object.startsWith('s3://') && answer === undefined && <Pending view={view} what="what has become of it" />}
      {answer !== undefined && answer.arrivals.length === 0 && <p>No trigger has seen it.</p>}
      <ul class="plain">
        {answer?.arrivals.map((arrival) => (
          <li key={`${arrival.batch} ${arrival.at}`}>
            {times.at(arrival.at)}: {printable(arrival.pipeline)}.{printable(arrival.trigger)}, batch {arrival.state}
            {arrival.until !== undefined && `, at the latest until ${times.at(arrival.until)}`}
            {arrival.run !== undefined && (
              <>
                , run <a href={hrefTo(route, ['runs', arrival.run])}>{printable(arrival.run)}</a>
              </>
            )}
          </li>
        ))}
        {answer?.triggers.flatMap(({ pipeline, trigger, why }) =>
          why === undefined
            ? []
            : [
                <li key={`${pipeline}.${trigger}`} class="dim">
                  {printable(`${pipeline}.${trigger}: ${why}`)}
                </li>,
              ],
        )}
      </ul>
    </section>
  );
}

function Schedules() {
  const { route, times } = useShown();
  const view = useView<ScheduleList>(paths.schedules(), slow);
  return (
    <section>
      <h2>Next times</h2>
      {view.value === undefined && <Pending view={view} what="the schedules" />}
      {view.value?.due.length === 0 && <p class="dim">Nothing is scheduled.</p>}
      <ul class="plain">
        {view.value?.due.map(({ at, local, pipeline, trigger, paused }) => (
          <li key={`${pipeline}.${trigger}.${at}`}>
            {times.at(at)} <span class="dim">({printable(local)})</span>{' '}
            <a href={hrefTo(route, ['pipelines', pipeline])}>{printable(pipeline)}</a>.{printable(trigger)}
            {paused && <strong> paused</strong>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Waiting() {
  const view = useView<WaitingList>(paths.waiting(), slow);
  const { times } = useShown();
  return (
    <section>
      <h2>Waits for datasets</h2>
      {view.value === undefined && <Pending view={view} what="what waits" />}
      {view.value?.waiting.length === 0 && <p class="dim">Nothing waits.</p>}
      <ul class="plain">
        {view.value?.waiting.map(({ pipeline, trigger, interval, has, missing }) => (
          <li key={`${pipeline}.${trigger}.${interval?.start ?? ''}`}>
            {printable(`${pipeline}.${trigger}`)}
            {interval !== undefined && ` for ${times.short(interval.start)}`}: {has.length} of{' '}
            {has.length + missing.length} there
            {missing.length > 0 && (
              <>
                , missing: <strong>{printable(missing.join(', '))}</strong>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Datasets() {
  const { route, times } = useShown();
  const view = useView<DatasetList>(paths.datasets(), slow);
  return (
    <section>
      <h2>Datasets</h2>
      {view.value === undefined && <Pending view={view} what="the datasets" />}
      {view.value?.datasets.length === 0 && <p class="dim">There are none.</p>}
      <ul class="plain">
        {view.value?.datasets.map(({ dataset, publications }) => (
          <li key={dataset}>
            <strong>{printable(dataset)}</strong>{' '}
            {publications.length === 0 && <span class="dim">never published</span>}
            {publications.slice(0, 5).map(({ interval, at, run }) => (
              <span key={interval}>
                <a href={hrefTo(route, ['runs', run])}>
                  {interval === '-' ? times.short(at) : printable(interval.split('/')[0] ?? '')}
                </a>{' '}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Queues() {
  const { route } = useShown();
  const view = useView<QueueList>(paths.queues(), slow);
  const jobs = view.value?.jobs.filter(({ waiting }) => waiting.length > 0) ?? [];
  return (
    <section>
      <h2>Queues</h2>
      {view.value === undefined && <Pending view={view} what="the queues" />}
      <ul class="plain">
        {view.value?.pipelines.map(({ pipeline, live, max, queued, more }) => (
          <li key={pipeline}>
            <a href={hrefTo(route, ['pipelines', pipeline])}>{printable(pipeline)}</a>: {live.length} of {max} live,{' '}
            {queued.length}
            {more && ' or more'} queued
          </li>
        ))}
        {jobs.map(({ work, waiting }) => (
          <li key={work}>
            Job {printable(work)}: {waiting.length} attempts wait for room
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeadLetters() {
  const { times } = useShown();
  const view = useView<LetterList>(paths.deadLetters(), slow);
  const { value } = view;
  return (
    <section>
      <h2>Dead letters</h2>
      {value === undefined && <Pending view={view} what="the dead letters" />}
      {value?.letters.length === 0 && <p class="dim">There are none.</p>}
      <ul class="plain">
        {value?.letters.slice(0, 200).map(({ id, at, what, why }) => (
          <li key={id}>
            {times.at(at)}: <strong>{printable(what)}</strong>: {printable(why)}{' '}
            <ActButton path={paths.replay(id)} label="Replay" then={view.again} />{' '}
            <ActButton path={paths.drop(id)} label="Drop" then={view.again} />
          </li>
        ))}
      </ul>
      {value !== undefined && value.letters.length > 200 && <p class="dim">200 of {value.letters.length}</p>}
    </section>
  );
}
