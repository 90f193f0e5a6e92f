import type { S3Client } from '@aws-sdk/client-s3';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { ObjectStore } from '../../shared/services/system.ts';
import { type CallFaults, performCall } from './perform-call.ts';

/** The ledger with faults. Its calls are `get`, `list` and `write` of the service `Ledger`. */
export function breakableLedger(ledger: Ledger, faults: CallFaults | undefined): Ledger {
  if (faults === undefined) return ledger;
  return {
    get: (key) => performCall(faults('Ledger', 'get'), () => ledger.get(key)),
    list: (partition, options) => performCall(faults('Ledger', 'list'), () => ledger.list(partition, options)),
    write: (changes) => performCall(faults('Ledger', 'write'), () => ledger.write(changes)),
  };
}

/** The object store with faults. Its calls belong to the service `S3`. */
export function breakableObjects(objects: ObjectStore, faults: CallFaults | undefined): ObjectStore {
  if (faults === undefined) return objects;
  return {
    get: (bucket, key, limit) => performCall(faults('S3', 'GetObject'), () => objects.get(bucket, key, limit)),
    put: (bucket, key, text) => performCall(faults('S3', 'PutObject'), () => objects.put(bucket, key, text)),
  };
}

/** The client with faults. Its calls belong to the service `S3`. */
export function breakableS3(client: S3Client, faults: CallFaults | undefined): S3Client {
  if (faults === undefined) return client;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) =>
        performCall(faults('S3', commandName.replace(/Command$/, '')), () => next(args)),
    { step: 'initialize' },
  );
  return client;
}
