import { findDeadLetter } from '../../actors/dead-letters.ts';
import { findRun } from '../../actors/kit/find-run.ts';
import type { ApiRequest } from '../../events/api-request.ts';
import { isJsonObject } from '../../json.ts';
import { batchKey } from '../../ledger/ledger-keys.ts';
import type { System } from '../../services/system.ts';
import { type ApiAnswer, problem } from './api-answer.ts';
import type { Operation } from './operation.ts';

/**
 * Whether the caller's token allows this. A scope covers all pipelines, or one as `SCOPE:PIPELINE`. A token for
 * acting also allows reading. Undefined: it is allowed.
 */
export async function notPermitted(
  system: System,
  operation: Operation,
  params: Readonly<Record<string, string>>,
  request: ApiRequest,
): Promise<ApiAnswer | undefined> {
  const { scopes, caller } = request;
  if (scopes === undefined || operation.path === '/health' || operation.path === '/version') return undefined;
  const acts = operation.method === 'POST' && operation.plans === undefined;
  const wanted = acts ? [scopes.act] : [scopes.read, scopes.act];
  const has = new Set(caller?.scopes);
  if (wanted.some((scope) => has.has(scope))) return undefined;
  const pipeline = await pipelineOf(system, operation, params, request);
  if (pipeline !== undefined && wanted.some((scope) => has.has(`${scope}:${pipeline}`))) return undefined;
  const needed = wanted[0] ?? '';
  const remedy = `it takes a token with the scope ${needed}${pipeline === undefined ? '' : `, or ${needed}:${pipeline}`}`;
  return problem(403, [`your token does not allow ${operation.name}`], { remedy });
}

/** The pipeline that the request is about. Undefined: all. */
async function pipelineOf(
  system: System,
  operation: Operation,
  { pipeline, run, batch, letter }: Readonly<Record<string, string>>,
  { query, body }: ApiRequest,
): Promise<string | undefined> {
  if (pipeline !== undefined) return pipeline;
  if (run !== undefined) return (await findRun(system, run))?.pipeline;
  if (batch !== undefined) return textOf((await system.ledger.get(batchKey(batch)))?.value.pipeline);
  if (letter !== undefined) {
    const found = await findDeadLetter(system, letter);
    return found?.kind === 'run' ? found.request.pipeline : undefined;
  }
  const asked = new URLSearchParams(query).getAll('pipeline');
  if (asked.length === 1) return asked[0];
  // an operation that ignores its body is about all pipelines, whatever the body says
  return operation.body === undefined ? undefined : pipelineIn(body);
}

function pipelineIn(body: string): string | undefined {
  try {
    const read: unknown = JSON.parse(body);
    return isJsonObject(read) ? textOf(read.pipeline) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
