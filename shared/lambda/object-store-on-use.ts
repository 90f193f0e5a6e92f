import type { ObjectStore } from '../services/system.ts';

/** Loads the client of S3 at the first use: it is the largest, and most functions seldom need it. */
export function objectStoreOnUse(): ObjectStore {
  let store: Promise<ObjectStore> | undefined;
  const open = (): Promise<ObjectStore> => {
    store ??= import('./s3-from-environment.ts').then(({ s3FromEnvironment }) => s3FromEnvironment());
    return store;
  };
  return {
    get: async (...wanted) => (await open()).get(...wanted),
    put: async (...written) => (await open()).put(...written),
  };
}
