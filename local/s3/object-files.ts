/** A file as listed in its folder. `modified` is in epoch milliseconds, with fractions. */
export type FileStat = { readonly key: string; readonly size: number; readonly modified: number };

/** Stores the objects' bytes, in a folder or in memory. `pathOfKey` has checked the keys. */
export interface ObjectFiles {
  buckets(): readonly string[];
  createBucket(bucket: string): void;
  /** @returns false if it is not empty, even if it contains only files that are not objects */
  removeBucket(bucket: string): boolean;
  /** Every file of a bucket, sorted by the UTF-8 bytes of the keys, as in S3. */
  list(bucket: string): readonly FileStat[];
  stat(bucket: string, key: string): FileStat | undefined;
  read(bucket: string, key: string): Uint8Array | undefined;
  /** MD5 in hexadecimal, computed without loading the whole file. */
  digest(bucket: string, key: string): string | undefined;
  /** Atomic: a concurrent reader sees the old object or the new one. */
  write(bucket: string, key: string, body: Uint8Array): FileStat;
  remove(bucket: string, key: string): void;
  /** Calls back when somebody else may have changed a file of what `list` found. Absent: nobody else can. */
  watch?(onChange: () => void): FileWatch;
}

export type FileWatch = {
  /** Watches what `list` found last. True: some of it was not watched before, and may have changed since. */
  renew(): boolean;
  close(): void;
};

export function byBytes(one: FileStat, other: FileStat): number {
  return Buffer.compare(Buffer.from(one.key), Buffer.from(other.key));
}
