import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SignatureV4 } from '@smithy/signature-v4';
import { present } from '../../shared/json.ts';

export type SignedRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Sends requests to an HTTP API with the caller's AWS credentials. */
export function signedFetch(
  config: Pick<CloudFormationClient['config'], 'credentials' | 'region'>,
): (request: SignedRequest) => Promise<Response> {
  const { credentials, region } = config;
  const signer = new SignatureV4({ credentials, region, service: 'execute-api', sha256: Sha256 });
  return async ({ method, url, headers, body }) => {
    const query: Record<string, string[]> = {};
    for (const name of new Set(url.searchParams.keys())) query[name] = url.searchParams.getAll(name);
    const signed = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query,
      headers: { ...headers, host: url.host },
      ...present({ body }),
    });
    // fetch sets the host itself
    const { host: _, ...sent } = signed.headers;
    // a signature allows only one encoding of a space
    url.search = url.search.replaceAll('+', '%20');
    return fetch(url, { method, headers: sent, redirect: 'error', ...present({ body }) });
  };
}

type Data = string | ArrayBuffer | ArrayBufferView;

class Sha256 {
  readonly #secret: Uint8Array | string | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: Data) {
    this.#secret = secret === undefined ? undefined : bytesOf(secret);
    this.#hash = this.#begun();
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#begun();
  }

  #begun(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}

function bytesOf(data: Data): Uint8Array | string {
  if (typeof data === 'string') return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}
