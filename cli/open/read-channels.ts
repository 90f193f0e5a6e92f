import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { channelSettings, readChannels } from '../../shared/deploy/template/channel-settings.ts';
import type { Channels } from '../../shared/model/channel.ts';

const serviceFile = z.object({
  custom: z.optional(z.object({ gluewright: z.optional(z.object({ notify: z.optional(z.unknown()) })) })),
});

/** `custom.gluewright.notify` of the project's `serverless.yml`. Settings that cannot be read are reported to `warn`. */
export function readChannelsOf(root: string, warn: (text: string) => void): Channels {
  const file = join(root, 'serverless.yml');
  if (!existsSync(file)) return {};
  const service = z.safeParse(serviceFile, parseOr(readFileSync(file, 'utf8')));
  const written = service.data?.custom?.gluewright?.notify;
  const read = z.safeParse(z.optional(channelSettings), written);
  if (read.success) return readChannels(read.data);
  const [issue] = read.error.issues;
  warn(`nobody is notified: notify in serverless.yml: expected ${issue?.message ?? 'channels'}`);
  return {};
}

/** Serverless reports a file that is no YAML. */
function parseOr(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
