import { GetObjectCommand, type GetObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';

/** `limit`: bytes. */
export type LimitedGetObject = GetObjectCommandInput & { readonly limit: number };

/** The text of an object, or none if it has more bytes than the limit. */
export async function getObject(
  of: Clients,
  { limit, ...input }: LimitedGetObject,
): Promise<{ readonly text?: string }> {
  const { Body, ContentLength = 0 } = await of(S3Client).send(new GetObjectCommand(input));
  if (Body === undefined) return { text: '' };
  if (ContentLength > limit) {
    // an unread body would keep the connection
    if ('destroy' in Body) Body.destroy();
    return {};
  }
  return { text: await Body.transformToString('utf-8') };
}
