import type { ApiRequest } from '../events/api-request.ts';
import type { Json } from '../json.ts';
import { slotsKey } from '../ledger/ledger-keys.ts';
import { isPaused, slotsRecord } from '../runs/slots/slots.ts';
import type { System } from '../services/system.ts';
import { stopRun } from '../use-cases/stop-run.ts';
import { readRun } from '../views/read-run.ts';
import { type ApiAnswer, answerJson, problem } from './api-answer.ts';
import { startByApi } from './start-by-api.ts';

type Route = {
  readonly method: string;
  /** `{…}` stands for one segment. */
  readonly path: string;
  readonly act: (system: System, name: string, request: ApiRequest) => Promise<ApiAnswer>;
};

/** The API: see `docs/openapi.json`. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/pipelines', act: listPipelines },
  { method: 'POST', path: '/pipelines/{name}/runs', act: startByApi },
  { method: 'GET', path: '/runs/{id}', act: getRun },
  { method: 'POST', path: '/runs/{id}/stop', act: stop },
];

/** Answers a request; what is wrong with it is the caller's to know, as RFC 9457 has it. */
export async function api(system: System, request: ApiRequest): Promise<ApiAnswer> {
  const matching = routes.flatMap((route) => {
    const name = match(route.path, request.path);
    return name === undefined ? [] : [{ route, name }];
  });
  const found = matching.find(({ route }) => route.method === request.method);
  if (found !== undefined) return found.route.act(system, found.name, request);
  if (matching.length === 0) return problem(404, [`there is nothing at ${request.path.slice(0, 200)}`]);
  const allow = matching.map(({ route }) => route.method).join(', ');
  return problem(405, [`it takes ${allow}`], { allow });
}

/** The name in the path; empty where it has none. Undefined: it does not match. */
function match(pattern: string, path: string): string | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  let name = '';
  for (const [at, segment] of wanted.entries()) {
    const there = given[at] ?? '';
    if (segment.startsWith('{')) name = there;
    else if (segment !== there) return undefined;
  }
  // pipelines and runs are named with nothing that would be encoded
  return pattern.includes('{') && !/^[\w-]{1,128}$/.test(name) ? undefined : name;
}

async function listPipelines(system: System): Promise<ApiAnswer> {
  const pipelines = system.catalog.pipelines.map(async ({ pipeline }): Promise<Json> => {
    const { name, description, params, triggers, tasks } = pipeline;
    const slots = await slotsOf(system, name);
    return {
      name,
      ...(description === undefined ? {} : { description }),
      params: Object.entries(params).map(([param, { type, default: fallback }]) => ({
        name: param,
        type,
        required: fallback === undefined,
      })),
      triggers: Object.entries(triggers).map(([trigger, { kind }]) => ({
        name: trigger,
        kind,
        paused: isPaused(slots, trigger),
      })),
      tasks: tasks.map((task) => task.name),
      paused: isPaused(slots),
    };
  });
  return answerJson(200, { pipelines: await Promise.all(pipelines) });
}

async function getRun(system: System, id: string): Promise<ApiAnswer> {
  const run = await readRun(
    system.ledger,
    id,
    system.catalog.pipelines.map(({ pipeline }) => pipeline),
  );
  return run === undefined ? noRun(id) : answerJson(200, run);
}

async function stop(system: System, id: string): Promise<ApiAnswer> {
  const run = await stopRun(system, id);
  if (run === undefined) return noRun(id);
  return answerJson(202, { run: id, pipeline: run.pipeline, status: run.status }, { location: `/runs/${id}` });
}

function noRun(id: string): ApiAnswer {
  return problem(404, [`there is no run ${id}`]);
}

async function slotsOf({ ledger }: System, pipeline: string) {
  const item = await ledger.get(slotsKey(pipeline));
  return item === undefined ? undefined : slotsRecord.parse(item.value);
}
