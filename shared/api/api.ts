import type { ApiRequest } from '../events/api-request.ts';
import type { System } from '../services/system.ts';
import { type ApiAnswer, answerJson, problem, tagged } from './kit/api-answer.ts';
import { openApi } from './open-api.ts';
import { operations } from './operations.ts';

/** Answers a request; what is wrong with it is the caller's to know, as RFC 9457 has it. */
export async function api(system: System, request: ApiRequest): Promise<ApiAnswer> {
  const answer = await route(system, request);
  const isJson = answer.headers['content-type'] === 'application/json';
  return request.method === 'GET' && answer.statusCode === 200 && isJson
    ? tagged(answer, request.headers['if-none-match'])
    : answer;
}

async function route(system: System, request: ApiRequest): Promise<ApiAnswer> {
  if (request.path === '/openapi.json' && request.method === 'GET') return answerJson(200, openApi());
  const matching = operations.flatMap((operation) => {
    const params = match(operation.path, request.path);
    return params === undefined ? [] : [{ operation, params }];
  });
  const found = matching.find(({ operation }) => operation.method === request.method);
  if (found !== undefined) return found.operation.perform(system, found.params, request);
  if (matching.length === 0) {
    const remedy = 'GET /openapi.json describes what there is';
    return problem(404, [`there is nothing at ${request.path.slice(0, 200)}`], { remedy });
  }
  const allow = matching.map(({ operation }) => operation.method).join(', ');
  return problem(405, [`it takes ${allow}`], { headers: { allow } });
}

/** What stands in the path for each `{…}`. Undefined: it does not match. */
function match(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, segment] of wanted.entries()) {
    const there = given[at] ?? '';
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = there;
    else if (segment !== there) return undefined;
  }
  return params;
}
