/** A file as its folder shows it. `modified` in epoch milliseconds, with fractions. */
export type FileStat = { readonly key: string; readonly size: number; readonly modified: number };

/** Where the objects' bytes lie: below a folder, or in memory. Keys have been checked by `pathOfKey`. */
export interface ObjectFiles {
  buckets(): readonly string[];
  createBucket(bucket: string): void;
  /** False: it holds something, if only a file that is no object. */
  removeBucket(bucket: string): boolean;
  /** Every file of a bucket, in the order of the keys' UTF-8 bytes, as S3 lists them. */
  list(bucket: string): readonly FileStat[];
  stat(bucket: string, key: string): FileStat | undefined;
  read(bucket: string, key: string): Uint8Array | undefined;
  /** MD5 in hexadecimal digits, without holding the file in memory. */
  digest(bucket: string, key: string): string | undefined;
  /** All of it or nothing: whoever reads meanwhile sees the object as it was. */
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
