import { useEffect, useRef } from 'preact/hooks';
import type { DefinitionView } from '../../shared/views/pipelines/definition-view.ts';
import type { RunView } from '../../shared/views/run/run-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { definitionText } from '../page/definition-text.ts';
import { printable } from '../page/printable.ts';
import { hrefWith } from '../page/route.ts';
import { Graph } from '../parts/graph.tsx';
import { Pending } from '../parts/problem.tsx';
import { useShown } from '../parts/shown.ts';

/** The definition as it was when the run started, with the graph beside the text. A task chosen in one is marked in both. */
export function Definition({ run }: { readonly run: RunView }) {
  const { route } = useShown();
  const view = useView<DefinitionView>(paths.definition(run.id), () => undefined);
  const { task } = route.query;
  const marked = useRef<HTMLSpanElement>(null);
  const text = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (marked.current !== null && text.current !== null)
      text.current.scrollTop = marked.current.offsetTop - text.current.offsetTop - 40;
  }, [task, view.value === undefined]);
  if (view.value === undefined) return <Pending view={view} what="the definition" />;
  const { exact, changed, tasks } = view.value;
  const states = new Map(run.tasks.map(({ name, state }) => [name, state]));
  return (
    <>
      <p class="dim">
        {exact ? 'As it was when this run started.' : 'As it is now: what this run started with was not kept.'}
        {changed && ' The pipeline has changed since.'}
      </p>
      <div class="beside">
        <pre ref={text} class="definition" tabIndex={0} role="region" aria-label="Definition">
          {definitionText(view.value).map((passage, index) => (
            <span
              key={passage.task ?? index}
              class={passage.task !== undefined && passage.task === task ? 'hit' : ''}
              {...(passage.task === task ? { ref: marked } : {})}
            >
              {printable(passage.text)}
            </span>
          ))}
        </pre>
        <div class="definition-graph">
          <Graph
            tasks={tasks.map((each) => ({ ...each, state: states.get(each.name) ?? 'not_run' }))}
            hrefOf={(name) => hrefWith(route, { task: name })}
            {...(task === undefined ? {} : { selected: task })}
          />
        </div>
      </div>
    </>
  );
}
