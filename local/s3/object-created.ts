import type { EventEntry } from '../events/event.ts';
import type { ObjectRecord } from './object-record.ts';

/** The request that created the object. */
export type CreationReason = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';

export function objectCreated(
  object: ObjectRecord,
  account: string,
  requestId: string,
  reason: CreationReason,
): EventEntry {
  return {
    source: 'aws.s3',
    detailType: 'Object Created',
    resources: [`arn:aws:s3:::${object.bucket}`],
    detail: {
      version: '0',
      'event-version': '1.2',
      bucket: { name: object.bucket },
      object: { key: object.key, size: object.size, etag: object.etag, sequencer: object.sequencer },
      'request-id': requestId,
      requester: account,
      'source-ip-address': '127.0.0.1',
      reason,
    },
  };
}
