import { findRun } from '../../actors/kit/find-run.ts';
import type { ApiRequest } from '../../events/api-request.ts';
import { isJsonObject } from '../../json.ts';
import type { System } from '../../services/system.ts';
import { type ApiAnswer, problem } from './api-answer.ts';

/** Operations on runs also exist below their pipeline, so that a policy by path can cover one pipeline. */
export const belowPipeline = '/pipelines/{pipeline}';

/** Whether an operation also exists below its pipeline. */
export function isOfPipeline(path: string): boolean {
  return path.startsWith('/runs/{run}') || bulk.test(path);
}

export function isBulk(path: string): boolean {
  return bulk.test(path);
}

const bulk = /^\/(reruns|stops)(\/plan)?$/;
const address = /^\/pipelines\/([^/]+)(\/(?:runs\/[^/]+(?:\/.*)?|(?:reruns|stops)(?:\/plan)?))$/;

/**
 * The request without the pipeline in its path; the request itself, if its path has none; or an answer, if it names
 * something of another pipeline.
 */
export async function withoutPipeline(
  system: Pick<System, 'ledger'>,
  request: ApiRequest,
): Promise<{ readonly request: ApiRequest } | { readonly answer: ApiAnswer }> {
  const [, pipeline, path = ''] = address.exec(request.path) ?? [];
  if (pipeline === undefined) return { request };
  if (bulk.test(path)) {
    const body = withPipeline(request.body, pipeline);
    if (body !== undefined) return { request: { ...request, path, body } };
    return { answer: problem(400, ['remove `pipeline` from the body: the path names it']) };
  }
  const run = path.split('/')[2] ?? '';
  const found = /^[\w-]{1,128}$/.test(run) ? await findRun(system, run) : undefined;
  if (found?.pipeline === pipeline) return { request: { ...request, path } };
  return { answer: problem(404, [`${pipeline} has no run ${run.slice(0, 200)}`]) };
}

/** Undefined: the body names a pipeline as well. A body that is not JSON is kept and refused later. */
function withPipeline(text: string, pipeline: string): string | undefined {
  try {
    const body: unknown = text.trim() === '' ? {} : JSON.parse(text);
    if (!isJsonObject(body)) return text;
    if (Object.hasOwn(body, 'pipeline')) return undefined;
    return JSON.stringify({ ...body, pipeline });
  } catch {
    return text;
  }
}
