import * as z from 'zod/mini';
import { present } from '../json.ts';
import { readEvent } from './read-event.ts';

/** S3's `Object Created`, as EventBridge brings it: at least once, the key not URL-encoded. */
export type ObjectCreated = {
  readonly bucket: string;
  readonly key: string;
  /** Bytes. */
  readonly size?: number;
  readonly version?: string;
  readonly etag?: string;
  /** Orders the events of one key. */
  readonly sequencer?: string;
};

const text = z.optional(z.nullable(z.string()));

/** S3 has no other: 1 to 1,024 bytes. */
const key = z.string().check(z.refine((text) => text !== '' && Buffer.byteLength(text) <= 1_024));

const schema = z.object({
  'detail-type': z.literal('Object Created'),
  source: z.literal('aws.s3'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key,
      size: z.optional(z.int().check(z.nonnegative())),
      etag: text,
      'version-id': text,
      sequencer: text,
    }),
  }),
});

/** @throws {UnreadableEvent} */
export function readObjectCreated(event: unknown): ObjectCreated {
  const { bucket, object } = readEvent(schema, event).detail;
  const { key, size, etag, sequencer } = object;
  const version = object['version-id'];
  return {
    bucket: bucket.name,
    key,
    ...present({ size }),
    ...(typeof version === 'string' ? { version } : {}),
    ...(typeof etag === 'string' ? { etag } : {}),
    ...(typeof sequencer === 'string' ? { sequencer } : {}),
  };
}

/**
 * Equal for every delivery of one event, different for every write of the object: overwriting it, even with the same
 * bytes, is a new arrival.
 */
export function objectIdentity({ bucket, key, version, etag, sequencer }: ObjectCreated): string {
  return [bucket, key, version ?? etag ?? '', sequencer ?? ''].join('\n');
}
