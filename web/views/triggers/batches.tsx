import type { OpenBatchList, OpenBatchView } from '../../../shared/views/triggers/trigger-lists.ts';
import { paths } from '../../api/paths.ts';
import { useView } from '../../api/use-view.ts';
import { printable } from '../../page/printable.ts';
import { hrefTo } from '../../page/route.ts';
import { duration } from '../../page/times.ts';
import { useNow } from '../../page/use-now.ts';
import { useShown } from '../../parts/shown.ts';
import { Section, slow } from './section.tsx';

/** Open batches: their size and what will end them. */
export function Batches() {
  const view = useView<OpenBatchList>(paths.batches(), slow);
  const batches = view.value?.batches ?? [];
  const now = useNow(batches.some(({ until }) => until !== undefined));
  return (
    <Section
      title="Batches filling up"
      view={view}
      what="the batches"
      empty={batches.length === 0 ? 'No batch is open.' : undefined}
    >
      <ul class="plain">
        {batches.map((batch) => (
          <Batch key={batch.id} batch={batch} now={now} />
        ))}
      </ul>
      {view.value?.more === true && <p class="dim">There are more.</p>}
    </Section>
  );
}

function Batch({ batch, now }: { readonly batch: OpenBatchView; readonly now: number }) {
  const { route, times } = useShown();
  const { pipeline, trigger, params, count, bytes, size, mostBytes, expected, missing, until, marker, last } = batch;
  const bound = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  const full = Math.max(
    size === undefined ? 0 : count / size,
    mostBytes === undefined ? 0 : bytes / mostBytes,
    expected === undefined ? 0 : count / expected,
  );
  const ends = [
    ...(size === undefined ? [] : [`at ${size} objects`]),
    ...(mostBytes === undefined ? [] : [`at ${byteWords(mostBytes)}`]),
    ...(marker === undefined ? [] : [`with ${marker}`]),
    ...(expected === undefined || missing !== undefined ? [] : [`with ${expected} keys`]),
    ...(until === undefined ? [] : [`in ${duration(Date.parse(until) - now)}`]),
  ];
  return (
    <li>
      <a href={hrefTo(route, ['pipelines', pipeline])}>{printable(pipeline)}</a>.{printable(trigger)}{' '}
      {bound.length > 0 && <code>{printable(bound.join(' '))}</code>}
      <br />
      {count} object{count === 1 ? '' : 's'}, {byteWords(bytes)}, latest {times.short(last)}
      {ends.length > 0 && (
        <span class="dim">
          {' '}
          · ends{' '}
          {ends.map((end, index) => (
            <span key={end} class="whole">
              {index > 0 && 'or '}
              {printable(end)}{' '}
            </span>
          ))}
        </span>
      )}
      {missing !== undefined && missing.length > 0 && (
        <>
          {' '}
          · missing <span class="missing">{printable(missing.join(', '))}</span>
        </>
      )}
      {full > 0 && (
        <svg class="room" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width={Math.min(100, full * 100)} height="1" />
        </svg>
      )}
    </li>
  );
}

/** `980 B`, `1.2 KB`, `34 MB` */
function byteWords(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1_000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`;
}
