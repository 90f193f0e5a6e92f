import * as z from 'zod/mini';
import type { Json } from '../../json.ts';
import { field } from '../../reading/fields.ts';
import { textOf } from '../kind/text-of.ts';
import type { Sensed } from './sensed.ts';

const isUrl = (text: string): boolean => /^https?:\/\/[^\s/]+(\/\S*)?$/.test(text);

/** As it is written. */
export const sensedUrl = z.strictObject({
  url: field(z.string().check(z.refine((text) => isUrl(text) || text.startsWith('{%'))), {
    expected: 'an address such as https://example.com/ready, or an expression that makes one',
    remedy: 'write https:// and the rest of the address; only the status 200 counts',
    examples: ['https://example.com/ready'],
  }),
});

const answered = z.object({ status: z.literal(200) });

/** An address that answers a GET with the status 200. */
export function senseUrl(url: Json): Sensed {
  const address = typeof url === 'string' && isUrl(url) ? url : undefined;
  return {
    name: textOf(url),
    given: url,
    wanted: 'an address such as https://example.com/ready',
    look: address === undefined ? undefined : { call: 'gluewright:GetUrl', input: { url: address } },
    found: (answer) =>
      address !== undefined && answered.safeParse(answer).success
        ? { name: address, output: { url: address } }
        : undefined,
    uses: [],
  };
}
