import type { ObjectStore } from '../../local/engine/engine.ts';

export type CaseObject = { readonly bucket: string; readonly key: string; readonly body: string };

/** The S3 objects of a case. */
export function caseObjects(s3: readonly CaseObject[]): ObjectStore {
  return {
    async get(bucket, key) {
      const found = s3.find((object) => object.bucket === bucket && object.key === key);
      return found === undefined ? undefined : new TextEncoder().encode(found.body);
    },
    async list(bucket, prefix) {
      return s3
        .filter((object) => object.bucket === bucket && object.key.startsWith(prefix))
        .map(({ key, body }) => ({ key, size: body.length, etag: '"0"', lastModified: 0 }));
    },
    put: async () => undefined,
  };
}
