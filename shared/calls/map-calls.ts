import type { Clients } from './clients.ts';
import type { LimitedGetObject } from './get-object.ts';

export const mapCalls = {
  /** The text of an object. Loads the client of S3 at the first use: it is the largest. */
  's3:GetObject': async (of: Clients, input: LimitedGetObject) =>
    (await import('./get-object.ts')).getObject(of, input),
};
