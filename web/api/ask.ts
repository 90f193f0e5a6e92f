import { takeEarly } from './early.ts';

/** The server's error (RFC 9457), or that it did not answer. */
export class AskError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** No answer: the server or the network is down. */
export const noAnswer = 0;

/** `text`: for servers without tags, to compare with the next answer. */
export type Answer<View> = { readonly value: View; readonly tag?: string; readonly text?: string } | 'same';

/**
 * @param tag of the answer before: the server then says whether there is another one
 * @typeParam View what the server answers, by its description: it makes the view by the same schema
 */
export async function get<View>(path: string, tag?: string): Promise<Answer<View>> {
  const response = await send(path, { headers: tag === undefined ? {} : { 'if-none-match': tag } });
  if (response.status === 304) return 'same';
  const found = response.headers.get('etag');
  const text = await response.text();
  const value = readAnswer<View>(response, text);
  return found === null ? { value, text } : { value, tag: found };
}

/** @param key repeated requests with the same key take effect once */
export async function act<View>(path: string, body: unknown, key: string): Promise<View> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const response = await send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return readAnswer<View>(response, await response.text());
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const early = init.method === undefined ? takeEarly(path) : undefined;
  try {
    return await (early ?? fetch(path, { ...init, cache: 'no-store' }));
  } catch {
    throw new AskError(noAnswer, 'the server does not answer');
  }
}

function readAnswer<View>(response: Response, text: string): View {
  const value = readJson(text);
  if (!response.ok) throw new AskError(response.status, saidBy(value) ?? `the server answers ${response.status}`);
  if (value === undefined) throw new AskError(response.status, 'the server answers something that is no JSON');
  return value as View;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function saidBy(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('detail' in value)) return undefined;
  const remedy = 'remedy' in value && typeof value.remedy === 'string' ? ` (${value.remedy})` : '';
  return typeof value.detail === 'string' ? `${value.detail}${remedy}` : undefined;
}
