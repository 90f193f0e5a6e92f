import type { Channels } from '../model/channel.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Pools } from '../model/pool.ts';

/** The pipelines of this stack, as deployed. */
export type Catalog = {
  readonly pipelines: readonly CatalogEntry[];
  byName(name: string): CatalogEntry | undefined;
  /** Who is notified of failures and the like. */
  readonly channels: Channels;
  readonly pools: Pools;
};

export type CatalogEntry = {
  readonly pipeline: Pipeline;
  readonly stateMachineArn: string;
  /**
   * Runs start through this alias, so that a release can try a new version on some of them. Absent: runs start the
   * machine itself.
   */
  readonly alias?: string;
};

export function createCatalog(pipelines: readonly CatalogEntry[], channels: Channels = {}, pools: Pools = {}): Catalog {
  const names = new Map(pipelines.map((entry) => [entry.pipeline.name, entry]));
  return { pipelines, byName: (name) => names.get(name), channels, pools };
}
