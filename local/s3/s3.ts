import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { EventEntry } from '../events/event.ts';
import { ServiceError } from '../service/service-error.ts';
import { transaction } from '../storage/transaction.ts';
import { createMultipartUploads, type MultipartUploads } from './multipart-uploads.ts';
import { isBucketName, pathOfKey } from './object-address.ts';
import { type CreationReason, objectCreated } from './object-created.ts';
import type { FileStat, FileWatch, ObjectFiles } from './object-files.ts';
import { type ObjectHeaders, openObjectMetadata } from './object-metadata.ts';
import { openObjectRecords } from './object-record.ts';

export type S3Options = {
  readonly database: DatabaseSync;
  readonly files: ObjectFiles;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly account: string;
  readonly emit: (entry: EventEntry) => void;
  /** How long a file must look the same to be complete. */
  readonly lookMilliseconds?: number;
};

/** `modified` in epoch milliseconds; `etag` without quotation marks. */
export type ObjectHead = {
  readonly key: string;
  readonly size: number;
  readonly modified: number;
  readonly etag: string;
  /** What it was put with. A dropped file has none. */
  readonly headers: ObjectHeaders;
};

/** How an object comes to be, beside its body. `etag` replaces the body's digest. */
export type PutOptions = {
  readonly headers?: ObjectHeaders;
  readonly reason?: CreationReason;
  readonly etag?: string;
};

/** S3, as far as it is needed. Errors are `ServiceError`s by S3's codes. */
export interface S3 {
  buckets(): readonly string[];
  createBucket(bucket: string): void;
  /** Of an empty bucket only. */
  removeBucket(bucket: string): void;
  put(bucket: string, key: string, body: Uint8Array, options?: PutOptions): ObjectHead;
  get(bucket: string, key: string): Uint8Array;
  head(bucket: string, key: string): ObjectHead;
  /** In the order of the keys. ETags are made for those asked for only: they may mean reading the files. */
  list(bucket: string, prefix: string): readonly FileStat[];
  remove(bucket: string, key: string): void;
  readonly uploads: MultipartUploads;
  /** Looks once for files that were dropped: what looks the same as at the look before is complete, and reported. */
  look(): void;
  /** Goes on looking, on the clock. */
  watch(): void;
  close(): void;
}

/** Shares of the time that may be spent on looking: while files change, and otherwise. */
const share = { busy: 1 / 20, idle: 1 / 400 };

export function createS3(options: S3Options): S3 {
  const { files, clock, lookMilliseconds = 250 } = options;
  const records = openObjectRecords(options.database);
  const metadata = openObjectMetadata(options.database);
  const timers = createTimers(clock);
  /** Files that are new since the look before, and may still be written. */
  let fresh = new Map<string, FileStat>();
  let changes: FileWatch | undefined;
  /** Milliseconds of the last look, when the next one is planned, and how it is cancelled. */
  let cost = 0;
  let lookAt = Number.POSITIVE_INFINITY;
  let cancelLook = (): void => {};
  let sequence = BigInt(`0x${records.lastSequencer() ?? '0'}`);

  function bucketNamed(bucket: string): void {
    if (!isBucketName(bucket)) throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid');
    if (!files.buckets().includes(bucket)) {
      throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist');
    }
  }

  function report(
    bucket: string,
    file: FileStat,
    etag: string,
    { headers = {}, reason = 'PutObject' }: PutOptions = {},
  ): ObjectHead {
    const now = BigInt(Math.trunc(clock.now())) << 16n;
    sequence = now > sequence ? now : sequence + 1n;
    const record = { bucket, ...file, etag, sequencer: sequence.toString(16).padStart(16, '0').toUpperCase() };
    transaction(options.database, () => {
      records.put(record);
      if (Object.keys(headers).length > 0) metadata.put(bucket, file.key, record.sequencer, headers);
      options.emit(objectCreated(record, options.account, options.uuid(), reason));
    });
    return { ...file, etag, headers };
  }

  function head(bucket: string, key: string): ObjectHead {
    bucketNamed(bucket);
    pathOfKey(key);
    const file = files.stat(bucket, key);
    if (file === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.');
    const record = records.get(bucket, key);
    if (record === undefined || !isSame(record, file)) {
      return { ...file, etag: files.digest(bucket, key) ?? '', headers: {} };
    }
    return { ...file, etag: record.etag, headers: metadata.get(bucket, key, record.sequencer) };
  }

  function look(): void {
    const seen = new Map<string, FileStat>();
    for (const bucket of files.buckets()) {
      const present = new Set<string>();
      for (const file of files.list(bucket)) {
        present.add(file.key);
        const record = records.get(bucket, file.key);
        if (record !== undefined && isSame(record, file)) continue;
        const before = fresh.get(`${bucket}/${file.key}`);
        if (before === undefined || !isSame(before, file)) seen.set(`${bucket}/${file.key}`, file);
        else take(bucket, file);
      }
      for (const key of records.keys(bucket)) if (!present.has(key)) forget(bucket, key);
    }
    fresh = seen;
  }

  function forget(bucket: string, key: string): void {
    records.remove(bucket, key);
    metadata.remove(bucket, key);
  }

  function take(bucket: string, file: FileStat): void {
    const etag = files.digest(bucket, file.key);
    const after = files.stat(bucket, file.key);
    // Written to while it was read: it is new again at the next look.
    if (etag !== undefined && after !== undefined && isSame(after, file)) report(bucket, file, etag);
  }

  function watch(): void {
    const from = clock.now();
    look();
    changes ??= files.watch?.(() => lookWithin(share.busy));
    const isNew = changes?.renew() === true;
    cost = clock.now() - from;
    lookAt = Number.POSITIVE_INFINITY;
    lookWithin(isNew || fresh.size > 0 ? share.busy : share.idle);
  }

  /** Plans the next look, unless an earlier one is planned. */
  function lookWithin(part: number): void {
    const time = clock.now() + Math.max(lookMilliseconds, cost / part);
    if (time >= lookAt) return;
    cancelLook();
    lookAt = time;
    cancelLook = timers.at(time, watch);
  }

  return {
    buckets: () => files.buckets(),
    createBucket(bucket) {
      if (!isBucketName(bucket)) throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid');
      files.createBucket(bucket);
    },
    removeBucket(bucket) {
      bucketNamed(bucket);
      if (files.list(bucket).length > 0 || !files.removeBucket(bucket)) {
        throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty');
      }
      for (const key of records.keys(bucket)) forget(bucket, key);
    },
    put(bucket, key, body, put) {
      bucketNamed(bucket);
      pathOfKey(key);
      const file = files.write(bucket, key, body);
      return report(bucket, file, put?.etag ?? files.digest(bucket, key) ?? '', put);
    },
    get(bucket, key) {
      head(bucket, key);
      const body = files.read(bucket, key);
      if (body === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.');
      return body;
    },
    head,
    list(bucket, prefix) {
      bucketNamed(bucket);
      return files.list(bucket).filter((file) => file.key.startsWith(prefix));
    },
    remove(bucket, key) {
      bucketNamed(bucket);
      pathOfKey(key);
      files.remove(bucket, key);
      forget(bucket, key);
    },
    uploads: createMultipartUploads(options.uuid),
    look,
    watch,
    close() {
      changes?.close();
      timers.cancelAll();
    },
  };
}

function isSame(one: { size: number; modified: number }, other: { size: number; modified: number }): boolean {
  return one.size === other.size && one.modified === other.modified;
}
