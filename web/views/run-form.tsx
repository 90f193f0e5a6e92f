import { useState } from 'preact/hooks';
import type { PipelineView } from '../../shared/views/pipelines/pipeline-view.ts';
import { paths } from '../api/paths.ts';
import { useAct } from '../api/use-act.ts';
import { printable } from '../page/printable.ts';
import { readParams } from '../page/read-params.ts';
import { go, hrefTo } from '../page/route.ts';
import { useShown } from '../parts/shown.ts';
import { runOf } from './rerun.tsx';

/** Starts a run: a field for each parameter. An empty field takes the default. */
export function RunForm({ pipeline }: { readonly pipeline: PipelineView }) {
  const { route } = useShown();
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({});
  const [interval, setInterval] = useState({ start: '', end: '' });
  const [problems, setProblems] = useState<readonly string[]>([]);
  const { state, why, perform } = useAct((answer) => {
    const id = runOf(answer);
    if (id !== undefined) go(hrefTo(route, ['runs', id]));
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    const read = readParams(pipeline.params, written);
    setProblems(read.problems);
    if (read.problems.length > 0) return;
    const asked =
      interval.start === '' ? {} : { interval: { start: `${interval.start}:00Z`, end: `${interval.end}:00Z` } };
    void perform(paths.start(pipeline.name), { params: read.params, ...asked });
  };
  return (
    <form class="card asks run-form" onSubmit={submit} aria-labelledby="run-form">
      <h2 id="run-form">Run {printable(pipeline.name)}</h2>
      {pipeline.params.map(({ name, type, required, default: fallback, description }) => (
        <label key={name}>
          <span>
            {printable(name)}{' '}
            <span class="dim">
              {type}
              {required ? ', required' : ''}
            </span>
          </span>
          <input
            type="text"
            name={name}
            required={required}
            value={written[name] ?? ''}
            placeholder={
              fallback === undefined ? '' : typeof fallback === 'string' ? fallback : JSON.stringify(fallback)
            }
            onInput={(event) => setWritten({ ...written, [name]: event.currentTarget.value })}
          />
          {description !== undefined && <span class="dim">{printable(description)}</span>}
        </label>
      ))}
      <fieldset>
        <legend>Interval in UTC (optional)</legend>
        <label>
          from{' '}
          <input
            type="datetime-local"
            value={interval.start}
            required={interval.end !== ''}
            onInput={(event) => setInterval({ ...interval, start: event.currentTarget.value })}
          />
        </label>
        <label>
          to{' '}
          <input
            type="datetime-local"
            value={interval.end}
            required={interval.start !== ''}
            onInput={(event) => setInterval({ ...interval, end: event.currentTarget.value })}
          />
        </label>
      </fieldset>
      {[...problems, ...(why === undefined ? [] : [why])].map((problem) => (
        <p key={problem} class="problem" role="alert">
          {problem}
        </p>
      ))}
      <p class="tools">
        <button type="submit" class="primary" disabled={state === 'sending' || state === 'asked'}>
          {state === 'asked' ? 'Asked' : 'Run'}
        </button>
        <a class="button" href={hrefTo(route, ['pipelines', pipeline.name])}>
          Cancel
        </a>
      </p>
    </form>
  );
}
