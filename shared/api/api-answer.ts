import type { JsonObject } from '../json.ts';

/** What the function returns to the HTTP API. */
export type ApiAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export function answerJson(statusCode: number, value: JsonObject, headers: ApiAnswer['headers'] = {}): ApiAnswer {
  return { statusCode, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

const titles = {
  400: 'The request cannot be read',
  401: 'Who asks is not known',
  403: 'The pipeline is not started by the API',
  404: 'There is no such thing',
  405: 'There is no such method here',
  409: 'The key was used for another request',
  413: 'The request is too large',
  422: 'The request cannot be done',
} as const;

/** RFC 9457. `problems`: all that is wrong, each by itself. */
export function problem(
  status: keyof typeof titles,
  problems: readonly string[],
  headers: ApiAnswer['headers'] = {},
): ApiAnswer {
  const body = { type: 'about:blank', title: titles[status], status, detail: problems.join('; '), problems };
  return answerJson(status, body, { ...headers, 'content-type': 'application/problem+json' });
}
