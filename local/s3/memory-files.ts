import { createHash } from 'node:crypto';
import { byBytes, type ObjectFiles } from './object-files.ts';

export function createMemoryFiles(now: () => number): ObjectFiles {
  const buckets = new Map<string, Map<string, { body: Uint8Array; modified: number }>>();
  const objectsOf = (bucket: string) => {
    const objects = buckets.get(bucket) ?? new Map<string, { body: Uint8Array; modified: number }>();
    buckets.set(bucket, objects);
    return objects;
  };

  return {
    buckets: () => [...buckets.keys()],
    createBucket: (bucket) => void objectsOf(bucket),
    removeBucket: (bucket) => objectsOf(bucket).size === 0 && buckets.delete(bucket),
    list: (bucket) =>
      [...objectsOf(bucket)]
        .map(([key, { body, modified }]) => ({ key, size: body.byteLength, modified }))
        .sort(byBytes),
    stat(bucket, key) {
      const object = objectsOf(bucket).get(key);
      return object === undefined ? undefined : { key, size: object.body.byteLength, modified: object.modified };
    },
    read: (bucket, key) => objectsOf(bucket).get(key)?.body,
    digest(bucket, key) {
      const object = objectsOf(bucket).get(key);
      return object === undefined ? undefined : createHash('md5').update(object.body).digest('hex');
    },
    write(bucket, key, body) {
      const modified = now();
      objectsOf(bucket).set(key, { body: Uint8Array.from(body), modified });
      return { key, size: body.byteLength, modified };
    },
    remove: (bucket, key) => void objectsOf(bucket).delete(key),
  };
}
