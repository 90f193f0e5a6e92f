import { createHash } from 'node:crypto';

/** The function's answer to the HTTP API. */
export type ApiAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export function answerJson(statusCode: number, value: unknown, headers: ApiAnswer['headers'] = {}): ApiAnswer {
  return { statusCode, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** The answer with a tag, or, if the caller has it already, only 304. */
export function tagged(answer: ApiAnswer, known: string | undefined): ApiAnswer {
  const etag = `"${createHash('sha256').update(answer.body).digest('base64url').slice(0, 27)}"`;
  const headers = { ...answer.headers, etag, 'cache-control': 'no-cache' };
  const isKnown = known?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) === true;
  return isKnown ? { statusCode: 304, headers: { etag }, body: '' } : { ...answer, headers };
}

const titles = {
  400: 'The request cannot be read',
  401: 'The caller is not known',
  403: 'This may not be done',
  404: 'There is no such thing',
  405: 'There is no such method here',
  409: 'It cannot be done as things are',
  413: 'The request is too large',
  502: 'An AWS service refused a call',
  503: 'An AWS service is busy',
} as const;

export type ProblemStatus = keyof typeof titles;

/** RFC 9457. `problems`: each problem by itself. @param remedy what to do instead */
export function problem(
  status: ProblemStatus,
  problems: readonly string[],
  { remedy, headers = {} }: { readonly remedy?: string; readonly headers?: ApiAnswer['headers'] } = {},
): ApiAnswer {
  const said = { type: 'about:blank', title: titles[status], status, detail: problems.join('; '), problems };
  const body = remedy === undefined ? said : { ...said, remedy };
  return answerJson(status, body, { ...headers, 'content-type': 'application/problem+json' });
}
