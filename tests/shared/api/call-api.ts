import { api } from '../../../shared/api/api.ts';
import { isJsonObject } from '../../../shared/json.ts';
import type { World } from '../world/world.ts';

/** Calls the API as on AWS and locally. */
export async function callApi(
  world: Pick<World, 'system'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const [at = '', query = ''] = path.split('?');
  const text = body === undefined ? '' : JSON.stringify(body);
  const answer = await api(world.system, { method, path: at, query, headers, body: text });
  const isJson = answer.headers['content-type']?.includes('json') === true;
  const read: unknown = isJson && answer.body !== '' ? JSON.parse(answer.body) : {};
  return { ...answer, text: answer.body, body: isJsonObject(read) ? read : {} };
}
