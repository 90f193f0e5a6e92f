import type { VirtualClock } from '../local/clock/virtual-clock.ts';
import type { Runtime } from '../local/runtime.ts';
import { createClients } from '../local/stack/clients.ts';
import { embeddedRequestHandler } from '../local/wire/embedded-request-handler.ts';
import { addPartition, readPartitions } from './add-partition.ts';
import { NotSimulated } from './not-simulated.ts';

/** What sensors and triggers wait for, and the seconds after the start at which it appears. */
export type Appearances = {
  /** Objects by address, such as `s3://landing/a.csv`. */
  readonly objects?: Readonly<Record<string, number>>;
  /** Partitions of tables, such as `sales.orders/2026/01`. */
  readonly partitions?: Readonly<Record<string, number>>;
  /** Addresses that begin to answer with the status 200. Others answer 404. */
  readonly urls?: Readonly<Record<string, number>>;
};

/**
 * @param start epoch milliseconds
 * @throws {NotSimulated}
 */
export function letAppear(
  { s3, services }: Pick<Runtime, 's3' | 'services'>,
  clock: VirtualClock,
  start: number,
  { objects = {}, partitions = {} }: Appearances,
): void {
  for (const [address, at] of Object.entries(objects)) {
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(address) ?? [];
    if (bucket === '') throw new NotSimulated(`objects: ${address} is not an address such as s3://landing/a.csv`);
    s3.createBucket(bucket);
    clock.at(start + at * 1_000, () => void s3.put(bucket, key, new Uint8Array()));
  }
  // Injected faults apply only to the pipelines' calls.
  const { faults, ...unbroken } = services;
  const { glue } = createClients(embeddedRequestHandler(unbroken));
  const times = Object.values(partitions);
  for (const [index, partition] of readPartitions(Object.keys(partitions)).entries()) {
    clock.at(start + (times[index] ?? 0) * 1_000, () => void addPartition(glue, partition));
  }
}

/** @param seconds the time since the start */
export function statusOf(url: string, seconds: number, { urls = {} }: Appearances): number {
  const at = Object.hasOwn(urls, url) ? urls[url] : undefined;
  return at !== undefined && seconds >= at ? 200 : 404;
}
