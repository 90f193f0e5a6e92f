import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import type { WireRequest } from '../service/http-message.ts';
import { refuseAws } from '../wire/refuse-aws.ts';
import type { WireServices } from '../wire/wire-message.ts';
import { createWireServer, type WireServer } from '../wire/wire-server.ts';

const address = z.object({
  port: z.int().check(z.minimum(1), z.maximum(65_535)),
  key: z.string().check(z.minLength(16)),
});

export type JobEndpoint = WireServer & {
  /** The access key that requests have to be signed for. */ readonly key: string;
};

/**
 * The loopback port where jobs find the local services. Other users of the machine do not know its access key. The home
 * records port and key, because jobs outlive the runtime and must find the next one in the same place.
 *
 * @param options.shellProxy the shell's HTTPS proxy
 */
export async function openJobEndpoint(
  services: WireServices,
  options: { readonly home: string; readonly uuid: () => string; readonly shellProxy: string | undefined },
): Promise<JobEndpoint> {
  const file = fileIn(options.home);
  const former = readAddress(file);
  const key = former?.key ?? `LOCAL${options.uuid().replaceAll('-', '').toUpperCase()}`;
  const accepts = (request: Pick<WireRequest, 'headers' | 'query'>) => keyOf(request) === key;
  const settings = { uuid: options.uuid, connect: refuseAws(options.shellProxy), accepts };
  // Another program may have taken the port.
  const kept = former && (await createWireServer(services, { ...settings, port: former.port }).catch(() => undefined));
  const server = kept ?? (await createWireServer(services, { ...settings, port: 0 }));
  if (kept === undefined) writeFileSync(file, `${JSON.stringify({ port: server.port, key })}\n`, { mode: 0o600 });
  return { ...server, key };
}

/** The address where the runtime of a home serves, or served last. */
export function readJobEndpoint(home: string): { readonly url: string; readonly key: string } | undefined {
  const known = readAddress(fileIn(home));
  return known && { url: `http://127.0.0.1:${known.port}`, key: known.key };
}

function fileIn(home: string): string {
  return path.join(home, 'job-endpoint.json');
}

function readAddress(file: string): z.output<typeof address> | undefined {
  try {
    return address.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** The access key of a signature, from the header or a presigned address. */
function keyOf({ headers, query }: Pick<WireRequest, 'headers' | 'query'>): string | undefined {
  const [, inHeader] = /(?:Credential=|^AWS )([^/:,\s]+)/.exec(headers.authorization ?? '') ?? [];
  return inHeader ?? query.get('X-Amz-Credential')?.split('/')[0] ?? query.get('AWSAccessKeyId') ?? undefined;
}
