import type { DatasetList } from '../../../shared/views/triggers/trigger-lists.ts';
import { paths } from '../../api/paths.ts';
import { useView } from '../../api/use-view.ts';
import { intervalStrip } from '../../page/interval-strip.ts';
import { printable } from '../../page/printable.ts';
import { hrefTo } from '../../page/route.ts';
import { useShown } from '../../parts/shown.ts';
import { Section, slow } from './section.tsx';

const mostIntervals = 12;

/** The datasets by interval, each with the run that published it. */
export function Datasets() {
  const { route, times } = useShown();
  const view = useView<DatasetList>(paths.datasets(), slow);
  const datasets = view.value?.datasets ?? [];
  return (
    <Section
      title="Datasets"
      view={view}
      what="the datasets"
      empty={datasets.length === 0 ? 'No task publishes a dataset.' : undefined}
    >
      <ul class="plain">
        {datasets.map(({ dataset, publications, publishedBy, waitedForBy }) => (
          <li key={dataset}>
            <p>
              <strong>{printable(dataset)}</strong>{' '}
              <span class="dim">
                {publishedBy.length > 0 &&
                  `published by ${printable(publishedBy.map(({ pipeline, task }) => `${pipeline}.${task}`).join(', '))}`}
                {waitedForBy.length > 0 &&
                  ` · starts ${printable(waitedForBy.map(({ pipeline }) => pipeline).join(', '))}`}
              </span>
            </p>
            <p class="chips">
              {publications.length === 0 && <span class="dim">never published</span>}
              {intervalStrip(publications)
                .slice(0, mostIntervals)
                .map(({ start, run }) =>
                  run === undefined ? (
                    <span key={start} class="chip lacking">
                      {times.short(start)} missing
                    </span>
                  ) : (
                    <a key={start} href={hrefTo(route, ['runs', run])}>
                      {times.short(start)}
                    </a>
                  ),
                )}
              {publications
                .filter(({ interval }) => interval === '-')
                .slice(0, mostIntervals)
                .map(({ interval, at, run }) => (
                  <a key={interval} href={hrefTo(route, ['runs', run])}>
                    {times.short(at)}
                  </a>
                ))}
              {publications.length > mostIntervals && (
                <span class="dim">and {publications.length - mostIntervals} older</span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
