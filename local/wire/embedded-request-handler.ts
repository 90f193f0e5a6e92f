import { Readable } from 'node:stream';
import type { WireRequest } from '../service/http-message.ts';
import { answer } from './answer.ts';
import type { WireServices } from './wire-message.ts';

/** The parts of an SDK client's request that we read. */
type SdkRequest = {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

type SdkResponse = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | Readable;
};

/** A `requestHandler` for SDK clients. Requests never leave the process. */
export type EmbeddedRequestHandler = {
  readonly metadata: { readonly handlerProtocol: 'embedded' };
  handle(request: SdkRequest): Promise<{ response: SdkResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
};

export function embeddedRequestHandler(services: WireServices): EmbeddedRequestHandler {
  return {
    metadata: { handlerProtocol: 'embedded' },
    async handle(request) {
      const { status, headers, body } = await answer(services, await received(request));
      const stream = request.headers['x-amz-target'] === undefined;
      // S3's deserializer expects a stream. The JSON ones are faster with bytes.
      return { response: { statusCode: status, headers: { ...headers }, body: stream ? Readable.from([body]) : body } };
    },
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

async function received(request: SdkRequest): Promise<WireRequest> {
  return {
    method: request.method,
    path: request.path,
    query: searchParams(request.query ?? {}),
    headers: lowerCased(request.headers),
    body: await bytes(request.body),
  };
}

function searchParams(query: Readonly<Record<string, string | string[] | null>>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) params.append(name, one);
  }
  return params;
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function bytes(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof Readable) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }
  throw new TypeError('a request body that is neither text, bytes nor a stream');
}
