import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { present } from '../../shared/json.ts';
import type { RunView } from '../../shared/views/run/run-view.ts';
import type { GridColumn, GridView } from '../../shared/views/runs/grid-view.ts';
import { runItem, runList } from '../../shared/views/runs/run-list.ts';
import * as fixtures from './fixtures.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export type Asked = { readonly method: string; readonly path: string; readonly body: unknown };

export type FakeApi = {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** What a GET answers from now on. */
  set(path: string, value: unknown): void;
  /** The same, by the query. */
  answer(path: string, by: (query: URLSearchParams) => unknown): void;
  /** Sends an event to the listeners of a run. */
  tell(run: string): void;
  /** Breaks every stream. */
  drop(): void;
  /** Ends every stream, as a function on AWS must when its time is up. */
  end(): void;
  /** How many listen to a stream. */
  readonly listeners: number;
  /** The server listens, but its connections break. */
  breaks: boolean;
  close(): Promise<void>;
};

/** The page's files, and an API that answers with the fixtures. */
export async function fakeApi(folder: string): Promise<FakeApi> {
  const asked: Asked[] = [];
  const answers = new Map<string, unknown>([
    ['/pipelines', fixtures.pipelines],
    ['/pipelines/orders-daily', fixtures.pipeline],
    ['/runs', fixtures.runList],
    [`/runs/${fixtures.failedRun.id}`, fixtures.failedRun],
    [`/runs/${fixtures.liveRun.id}`, fixtures.liveRun],
    [`/runs/${fixtures.hostileRun.id}`, fixtures.hostileRun],
    ['/schedules', fixtures.schedules],
    ['/waiting', fixtures.waiting],
    ['/datasets', fixtures.datasets],
    ['/queues', fixtures.queues],
    ['/batches', fixtures.batches],
    ['/project', fixtures.project],
    ['/dead-letters', fixtures.letters],
    ['/arrivals', fixtures.where],
  ]);
  const rules = new Map<string, (query: URLSearchParams) => unknown>();
  const state = { breaks: false };
  const streams = new Map<ServerResponse, string>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    const file = pathname === '/' ? '/index.html' : pathname;
    const type = types[extname(file)];
    if (request.method === 'GET' && type !== undefined && /^\/[\w.]+$/.test(file)) {
      response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff' });
      response.end(await readFile(join(folder, file)));
      return;
    }
    if (state.breaks) {
      response.destroy();
      return;
    }
    if (request.headers.accept === 'text/event-stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 100\n\n: here\n\n');
      streams.set(response, pathname);
      response.on('close', () => streams.delete(response));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const text = Buffer.concat(chunks).toString();
    const { method = '' } = request;
    asked.push({ method, path: request.url ?? '', body: text === '' ? undefined : JSON.parse(text) });
    const path = decodeURIComponent(pathname);
    const found = (at: string): unknown => rules.get(at)?.(searchParams) ?? answers.get(at);
    const value = method === 'GET' ? (found(path) ?? derived(path, searchParams, found)) : acted(path);
    response.writeHead(value === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value ?? { detail: `there is nothing at ${pathname}` }));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    set: (path, value) => void answers.set(path, value),
    answer: (path, by) => void rules.set(path, by),
    tell(run) {
      for (const [response, path] of streams) {
        if (path === `/runs/${run}/events`) response.write('data: {}\n\n');
      }
    },
    drop() {
      for (const response of streams.keys()) response.destroy();
    },
    end() {
      for (const response of streams.keys()) response.end();
      streams.clear();
    },
    get listeners() {
      return streams.size;
    },
    get breaks() {
      return state.breaks;
    },
    set breaks(value) {
      state.breaks = value;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function derived(path: string, query: URLSearchParams, found: (path: string) => unknown): unknown {
  const [, kind, run = '', part, task = '', last] = path.split('/');
  if (kind === 'pipelines' && part === 'grid') return gridOf(query, found);
  if (kind !== 'runs') return undefined;
  if (part === 'why') return fixtures.why(run, query.get('task') ?? undefined);
  if (part === 'events') return fixtures.events;
  if (part === 'tasks' && last === 'log') return fixtures.log;
  if (part === undefined) return fixtures.runNamed(run);
  const whole = found(`/runs/${run}`) ?? fixtures.runNamed(run);
  if (!isRun(whole)) return undefined;
  if (part === 'definition') return fixtures.definitionOf(whole);
  if (part === 'tasks' && last === undefined) return fixtures.detailOf(whole, task);
  return undefined;
}

function acted(path: string): unknown {
  if (path.endsWith('/rerun-plan')) return fixtures.plan;
  if (path === '/reruns/plan') return fixtures.bulkPlan;
  if (path === '/reruns')
    return { done: [{ run: fixtures.failedRun.id, now: 'new', status: 'QUEUED' }], refused: [], more: false };
  if (path.endsWith('/rerun') || /^\/pipelines\/[\w-]+\/runs$/.test(path)) {
    return { run: fixtures.liveRun.id, pipeline: 'orders-daily', status: 'QUEUED', again: false };
  }
  return { run: fixtures.liveRun.id, status: 'RUNNING' };
}

function isRun(value: unknown): value is RunView {
  return typeof value === 'object' && value !== null && 'tasks' in value;
}

/** The part of the grid that the query asks for, from the list of runs and the runs themselves. */
function gridOf(query: URLSearchParams, found: (path: string) => unknown): GridView {
  const list = runList.parse(found('/runs'));
  const ids = query.getAll('run');
  const first = Number(query.get('first') ?? 0);
  const names = fixtures.pipeline.tasks.map(({ name }) => name);
  const tasks = names.slice(first, first + Number(query.get('rows') ?? 50));
  const runs = list.runs.filter(({ id }) => ids.length === 0 || ids.includes(id));
  const columns = runs.map((listed): GridColumn => {
    const whole = found(`/runs/${listed.id}`) ?? fixtures.runNamed(listed.id);
    const run = isRun(whole) ? whole : fixtures.failedRun;
    const states = new Map(run.tasks.map(({ name, state }) => [name, state]));
    return {
      ...runItem.parse({ ...listed, status: run.status }),
      settled: run.settled,
      states: tasks.map((name) => states.get(name) ?? null),
    };
  });
  const next = ids.length === 0 ? list.next : undefined;
  return { pipeline: 'orders-daily', rows: names.length, first, tasks, runs: columns, ...present({ next }) };
}
