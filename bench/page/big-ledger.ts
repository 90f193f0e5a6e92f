import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { RunView, TaskStates, TaskView } from '../../shared/views/run/run-view.ts';
import type { RunItem } from '../../shared/views/runs/run-list.ts';

export const runCount = 10_000;
export const width = 20;
const hour = 3_600_000;
const newest = Date.UTC(2026, 10, 22, 5);

/** The newest one is live. */
export const liveRun = idOf(0);

function idOf(index: number): string {
  return `big-${String(runCount - index).padStart(5, '0')}`;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function itemOf(index: number): RunItem {
  const at = newest - index * hour;
  const status = index === 0 ? 'RUNNING' : index % 17 === 3 ? 'FAILED' : 'SUCCEEDED';
  return {
    id: idOf(index),
    pipeline: 'big',
    status,
    interval: { start: iso(at - hour), end: iso(at) },
    createdAt: iso(at),
    startedAt: iso(at),
    ...(index === 0 ? {} : { endedAt: iso(at + 1_800_000) }),
  };
}

/** Tasks in rows of {@link width}, each after one or two of the row before. */
export function afterOf(index: number): string[] {
  if (index < width) return [];
  const above = index - width;
  const beside = Math.floor(above / width) * width + ((above * 7) % width);
  return [...new Set([`task_${above}`, `task_${beside}`])].slice(0, 1 + (index % 2));
}

function taskOf(index: number, at: number, state: TaskView['state']): TaskView {
  const startedAt = iso(at + index * 1_000);
  const isBegun = state !== 'waiting' && state !== 'upstream_failed';
  const ended = state === 'succeeded' ? { endedAt: iso(at + index * 1_000 + 60_000) } : {};
  const attempt = {
    number: 1,
    state,
    kind: 'glue-job',
    work: `job-${index % 40}`,
    id: `jr_${at}_${index}`,
    startedAt,
    ...ended,
    queueSeconds: 1.5,
    startUpSeconds: 12,
    workSeconds: 46,
    dpuSeconds: 120,
  };
  return {
    name: `task_${index}`,
    after: afterOf(index),
    state,
    kept: false,
    tolerated: false,
    ...(isBegun ? { startedAt, ...ended } : {}),
    attempts: isBegun ? [attempt] : [],
    waitsFor: [],
  };
}

/** @param running of the live run: how many of its tasks have succeeded */
export function runOf(id: string, tasks: number, done: number): RunView | undefined {
  const index = runCount - Number(id.slice(4));
  if (!(index >= 0 && index < runCount)) return undefined;
  const item = itemOf(index);
  const at = newest - index * hour;
  const stateOf = (task: number): TaskView['state'] => {
    if (index === 0) return task < done ? 'succeeded' : task < done + width ? 'running' : 'waiting';
    return item.status === 'FAILED' && task > tasks / 2 ? 'upstream_failed' : 'succeeded';
  };
  return {
    ...item,
    trigger: { kind: 'schedule', name: 'hourly' },
    params: {},
    started: [],
    settled: index !== 0,
    tasks: Array.from({ length: tasks }, (_, task) => taskOf(task, at, stateOf(task))),
  };
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export type BigLedger = {
  readonly url: string;
  /** How many tasks each run has, and how many of the live run's have succeeded. */
  tasks: number;
  done: number;
  close(): void;
};

/** The page's files, and an API of one pipeline with 10,000 runs. Answers are made once: their cost is not the page's. */
export async function openBigLedger(folder: string): Promise<BigLedger> {
  const state = { tasks: 1_000, done: 500 };
  const made = new Map<string, { readonly text: string; readonly tag: string }>();
  const answerTo = (path: string, query: URLSearchParams): unknown => {
    const [, kind, name = '', part] = path.split('/');
    if (kind === 'pipelines') return name === '' ? { pipelines: [] } : pipeline(state.tasks);
    if (kind === 'runs' && name === '') return page(query);
    if (kind === 'runs' && part === undefined) return runOf(name, state.tasks, state.done);
    if (part === 'states') return statesOf(runOf(name, state.tasks, state.done));
    if (part === 'why') return { run: name, code: 'x', facts: {}, sentence: `${name} is running.` };
    if (kind === 'project') return { local: false, deployed: [], removed: [], problems: [] };
    return undefined;
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    const file = pathname === '/' ? '/index.html' : pathname;
    const type = types[file.slice(file.lastIndexOf('.'))];
    if (pathname === '/empty') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>empty</title><h1>empty</h1>');
    } else if (type !== undefined) {
      response.writeHead(200, { 'content-type': type }).end(readFileSync(join(folder, file)));
    } else {
      const key = `${request.url} ${state.tasks} ${pathname.includes(liveRun) ? state.done : ''}`;
      const known = made.get(key) ?? {
        text: JSON.stringify(answerTo(pathname, searchParams) ?? { detail: 'nothing here' }),
        tag: `"${made.size}"`,
      };
      made.set(key, known);
      const isSame = request.headers['if-none-match'] === known.tag;
      response.writeHead(isSame ? 304 : 200, { 'content-type': 'application/json', etag: known.tag });
      response.end(isSame ? undefined : known.text);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

function page(query: URLSearchParams): unknown {
  const limit = Number(query.get('limit') ?? 50);
  const until = query.get('until');
  const byTime = until === null ? 0 : Math.max(0, Math.ceil((newest - Date.parse(until)) / hour));
  const from = Number(query.get('cursor') ?? byTime);
  const runs = Array.from({ length: Math.max(0, Math.min(limit, runCount - from)) }, (_, index) =>
    itemOf(from + index),
  );
  return { runs, ...(from + limit < runCount ? { next: String(from + limit) } : {}) };
}

function pipeline(tasks: number): unknown {
  const node = { when: 'all_succeeded', kind: 'glue-job', work: 'job', attempts: 1, timeoutSeconds: 60 };
  return {
    name: 'big',
    paused: false,
    params: [],
    triggers: [],
    live: [liveRun],
    waiting: 0,
    lastRuns: Array.from({ length: 5 }, (_, index) => itemOf(index)),
    tasks: Array.from({ length: tasks }, (_, index) => ({
      ...node,
      name: `task_${index}`,
      after: afterOf(index),
      tolerate: false,
      publishes: [],
    })),
    runs: { max: 1, overlap: 'queue', deadlineSeconds: 3_600 },
  };
}

function statesOf(run: RunView | undefined): TaskStates | undefined {
  if (run === undefined) return undefined;
  const { id, status, settled, tasks } = run;
  return { run: id, status, settled, states: Object.fromEntries(tasks.map(({ name, state }) => [name, state])) };
}
