import { useEffect, useRef } from 'preact/hooks';
import { useContact } from '../api/contact.ts';
import { go, goQuietly, hrefTo, hrefWith } from '../page/route.ts';
import { ownZone } from '../page/times.ts';
import { useShown } from '../parts/shown.ts';
import { Pipeline } from './pipeline.tsx';
import { Pipelines } from './pipelines.tsx';
import { Run } from './run.tsx';
import { Task } from './task.tsx';
import { Triggers } from './triggers.tsx';

const keys = [
  ['?', 'shows these keys'],
  ['p', 'the pipelines'],
  ['t', 'the triggers'],
  ['/', 'to the field that finds'],
  ['u', 'one level up'],
  ['d', 'dark or light'],
  ['Arrows, Enter', 'move in the grid, and open'],
] as const;

/** What is around every view: the way to the others, the zone, the theme, and whether the server is there. */
export function Frame() {
  const { route, times } = useShown();
  const isThere = useContact();
  const help = useRef<HTMLDialogElement>(null);
  const { theme = '' } = route.query;
  const isDark = theme === '' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  const other = hrefWith(route, { theme: isDark ? 'light' : 'dark' });
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
      if (event.key === '?') help.current?.showModal();
      else if (event.key === 'p') go(hrefTo(route, []));
      else if (event.key === 't') go(hrefTo(route, ['triggers']));
      else if (event.key === 'd') goQuietly(other);
      else if (event.key === 'u') go(hrefTo(route, route.path.length > 2 ? route.path.slice(0, -2) : []));
      else if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLElement>('input[type=search]')?.focus();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [route, other]);
  const zones = [...new Set([ownZone, 'UTC', times.zone])];
  return (
    <>
      <header>
        <nav aria-label="Views">
          <a class="brand" href={hrefTo(route, [])}>
            Gluewright
          </a>
          <a href={hrefTo(route, [])} {...(route.path.length === 0 ? { 'aria-current': 'page' as const } : {})}>
            Pipelines
          </a>
          <a
            href={hrefTo(route, ['triggers'])}
            {...(route.path[0] === 'triggers' ? { 'aria-current': 'page' as const } : {})}
          >
            Triggers
          </a>
        </nav>
        <p class="tools">
          <label>
            Zone{' '}
            <select
              value={times.zone}
              onChange={(event) => goQuietly(hrefWith(route, { zone: event.currentTarget.value }))}
            >
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone}
                </option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => goQuietly(other)}>
            {isDark ? 'Light' : 'Dark'}
          </button>
          <button type="button" aria-label="Keys" onClick={() => help.current?.showModal()}>
            ?
          </button>
        </p>
      </header>
      <p class={isThere ? 'lost hidden' : 'lost'} role="status">
        {isThere ? '' : 'The server does not answer. What you see is how it was; it is asked again.'}
      </p>
      <main>
        <View path={route.path} />
      </main>
      <dialog ref={help} aria-labelledby="keys">
        <h2 id="keys">Keys</h2>
        <dl>
          {keys.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <button type="button" onClick={() => help.current?.close()}>
          Close
        </button>
      </dialog>
    </>
  );
}

function View({ path: [kind, name, part, task] }: { readonly path: readonly string[] }) {
  if (kind === undefined || (kind === 'pipelines' && name === undefined)) return <Pipelines />;
  if (kind === 'pipelines' && name !== undefined) return <Pipeline key={name} name={name} />;
  if (kind === 'runs' && name !== undefined) {
    return part === 'tasks' && task !== undefined ? (
      <Task key={`${name}/${task}`} id={name} name={task} />
    ) : (
      <Run key={name} id={name} />
    );
  }
  if (kind === 'triggers') return <Triggers />;
  return (
    <>
      <h1>There is nothing here</h1>
      <p>The address names no view of this page.</p>
    </>
  );
}
