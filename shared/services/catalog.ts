import type { Pipeline } from '../model/pipeline.ts';

/** The pipelines of this stack, as they are deployed. */
export type Catalog = {
  readonly pipelines: readonly CatalogEntry[];
  byName(name: string): CatalogEntry | undefined;
};

export type CatalogEntry = {
  readonly pipeline: Pipeline;
  readonly stateMachineArn: string;
  /** Runs are started by it, so that a new version can be tried on some of them. Absent: by the machine itself. */
  readonly alias?: string;
};

export function createCatalog(pipelines: readonly CatalogEntry[]): Catalog {
  const names = new Map(pipelines.map((entry) => [entry.pipeline.name, entry]));
  return { pipelines, byName: (name) => names.get(name) };
}
