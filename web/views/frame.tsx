import { useEffect, useRef } from 'preact/hooks';
import { useContact } from '../api/contact.ts';
import { go, goQuietly, hrefTo, hrefWith } from '../page/route.ts';
import { ownZone } from '../page/times.ts';
import { useShown } from '../parts/shown.ts';
import { Pipeline } from './pipeline.tsx';
import { Pipelines } from './pipelines.tsx';
import { ProjectNotice } from './project-notice.tsx';
import { Run } from './run.tsx';
import { Task } from './task.tsx';
import { Triggers } from './triggers.tsx';

const keys = [
  ['?', 'show these keys'],
  ['p', 'pipelines'],
  ['t', 'triggers'],
  ['/', 'go to the search field'],
  ['n, N', 'the next and the previous hit in a log'],
  ['u', 'one level up'],
  ['1 … 9', 'the tabs of this view'],
  ['d', 'dark or light'],
  ['Arrows, Enter', 'move in the grid, and open'],
  ['Tab, Enter', 'everything else'],
] as const;

/** What surrounds every view: navigation, time zone, theme, and whether the server answers. */
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
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || isField(target)) return;
      if (key === '?') help.current?.showModal();
      else if (key === 'p') go(hrefTo(route, []));
      else if (key === 't') go(hrefTo(route, ['triggers']));
      else if (key === 'd') goQuietly(other);
      else if (key === 'u') go(hrefTo(route, route.path.length > 2 ? route.path.slice(0, -2) : []));
      else if (key === 'n') document.querySelector<HTMLElement>('[data-hit=next]')?.click();
      else if (key === 'N') document.querySelector<HTMLElement>('[data-hit=previous]')?.click();
      else if (key >= '1' && key <= '9') document.querySelectorAll<HTMLElement>('.tabs a')[Number(key) - 1]?.click();
      else if (key === '/') {
        event.preventDefault();
        document.querySelector<HTMLElement>('input[type=search]')?.focus();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [route, other]);
  const zones = [...new Set([ownZone, 'UTC', times.zone])];
  const here = (isHere: boolean) => (isHere ? { 'aria-current': 'page' as const } : {});
  return (
    <>
      <header class="bar-top">
        <nav aria-label="Views">
          <a class="brand" href={hrefTo(route, [])}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M3 4h4v8H3zM9 2h4v5H9zM9 9h4v5H9z" />
            </svg>
            Gluewright
          </a>
          <a href={hrefTo(route, [])} {...here(route.path.length === 0 || route.path[0] === 'pipelines')}>
            Pipelines
          </a>
          <a href={hrefTo(route, ['triggers'])} {...here(route.path[0] === 'triggers')}>
            Triggers
          </a>
        </nav>
        <p class="tools">
          <label>
            <span class="dim">Times in</span>{' '}
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
          <button type="button" aria-label="Keyboard shortcuts" onClick={() => help.current?.showModal()}>
            ?
          </button>
        </p>
      </header>
      <p class={isThere ? 'lost hidden' : 'lost'} role="status">
        {isThere ? '' : 'The server does not answer. You see the last state it reported; the page keeps trying.'}
      </p>
      <ProjectNotice />
      <main>
        <View path={route.path} />
      </main>
      <dialog ref={help} aria-labelledby="keys">
        <h2 id="keys">Keyboard shortcuts</h2>
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

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
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
      <h1>Page not found</h1>
      <p>This address names no view.</p>
    </>
  );
}
