import { useMemo } from 'preact/hooks';
import { present } from '../../shared/json.ts';
import type { PipelineView } from '../../shared/views/pipelines/pipeline-view.ts';
import { useRuns } from '../api/use-runs.ts';
import { hrefWith } from '../page/route.ts';
import { Chips } from '../parts/chips.tsx';
import { Grid } from '../parts/grid.tsx';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';
import { RunList } from './run-list.tsx';

type Props = { readonly pipeline: PipelineView; readonly as: 'grid' | 'runs' };

/** A pipeline's runs as a grid or as a list, and which of them. */
export function PipelineRuns({ pipeline, as }: Props) {
  const { route } = useShown();
  const { only = '', at } = route.query;
  const { view, runs, isPast, readOlder } = useRuns({
    pipeline: pipeline.name,
    only,
    ...present({ at }),
  });
  const names = pipeline.tasks.map(({ name }) => name);
  const tasks = useMemo(() => names, [names.join('\n')]);
  return (
    <>
      <div class="filters">
        <Chips
          label="Which runs"
          name="only"
          choices={[
            { key: 'all', word: 'All runs' },
            { key: 'failed', word: 'Failed' },
            { key: 'live', word: 'Not done' },
          ]}
        />
        {view.value !== undefined && (
          <span class="dim">
            {runs.length} run{runs.length === 1 ? '' : 's'}
            {isPast && ', from the past'}
            {readOlder !== undefined && as === 'grid' && ', more as you scroll'}
          </span>
        )}
        {isPast && <a href={hrefWith(route, { at: '', task: '' })}>Newest runs</a>}
      </div>
      {view.value === undefined ? (
        <Pending view={view} what="the runs" />
      ) : runs.length === 0 ? (
        <p class="dim">{only === '' ? 'This pipeline has not run yet. Run … starts it.' : 'No run matches.'}</p>
      ) : as === 'grid' ? (
        <Grid pipeline={pipeline.name} runs={runs} tasks={tasks} {...present({ selected: at, onEnd: readOlder })} />
      ) : (
        <RunList pipeline={pipeline.name} runs={runs} {...present({ readOlder })} again={view.again} />
      )}
    </>
  );
}
