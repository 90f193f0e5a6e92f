import * as z from 'zod/mini';
import type { ApiRequest } from '../events/api-request.ts';
import { present } from '../json.ts';
import type { System } from '../services/system.ts';
import { type ApiAnswer, answerJson, problem, tagged } from './kit/api-answer.ts';
import { withoutPipeline } from './kit/of-pipeline.ts';
import type { Operation } from './kit/operation.ts';
import { notPermitted } from './kit/permission.ts';
import { serviceProblem } from './kit/service-problem.ts';
import { operations } from './operations.ts';

/** Answers a request. Mistakes in it are reported to the caller as RFC 9457 problems. */
export async function api(system: System, request: ApiRequest): Promise<ApiAnswer> {
  const { method, path, headers, caller } = request;
  const answer = await route(system, request).catch((error: unknown) => serviceProblem(system, error));
  // on AWS, the gateway logs read requests
  if (method !== 'GET') {
    const who = present({ caller: caller?.name });
    system.log({ message: 'asked', method, path: path.slice(0, 500), status: answer.statusCode, ...who });
  }
  const isJson = answer.headers['content-type'] === 'application/json';
  return method === 'GET' && answer.statusCode === 200 && isJson ? tagged(answer, headers['if-none-match']) : answer;
}

async function route(system: System, asked: ApiRequest): Promise<ApiAnswer> {
  if (asked.path === '/openapi.json') return asked.method === 'GET' ? description() : notAllowed(['GET']);
  const plain = await withoutPipeline(system, asked);
  if ('answer' in plain) return plain.answer;
  const { request } = plain;
  const matching = operations.flatMap((operation) => {
    const params = match(operation, request.path);
    return params === undefined ? [] : [{ operation, params }];
  });
  const found = matching.find(({ operation }) => operation.method === request.method);
  if (found !== undefined) {
    const { operation, params } = found;
    return (await notPermitted(system, operation, params, request)) ?? operation.perform(system, params, request);
  }
  if (matching.length === 0) {
    const remedy = 'GET /openapi.json describes what there is';
    return problem(404, [`there is no operation at ${request.path.slice(0, 200)}`], { remedy });
  }
  return notAllowed(matching.map(({ operation }) => operation.method));
}

/** Loads the examples and what describes schemas at the first use: other requests need neither. */
async function description(): Promise<ApiAnswer> {
  const { openApi } = await import('./open-api.ts');
  return answerJson(200, openApi());
}

function notAllowed(methods: readonly string[]): ApiAnswer {
  const allow = methods.join(', ');
  return problem(405, [`this path takes ${allow}`], { headers: { allow } });
}

/** The values of the path's `{…}`. Undefined: the path does not match, or a value is no name. */
function match({ path: pattern, params: shapes }: Operation, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, segment] of wanted.entries()) {
    const there = given[at] ?? '';
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = there;
    else if (segment !== there) return undefined;
  }
  return z.object(shapes).safeParse(params).success ? params : undefined;
}
