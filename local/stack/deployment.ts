import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { Job } from '../../shared/pipeline/file/jobs-file.ts';
import { type Catalog, createCatalog } from '../../shared/services/catalog.ts';
import type { StackNames } from './account.ts';
import type { NamedDefinition } from './state-machines.ts';

/** What is deployed on a runtime. */
export type Deployable = {
  readonly pipelines: readonly Pipeline[];
  readonly jobs: Readonly<Record<string, Job>>;
  /** State machines written by hand, deployed as they are. */
  readonly definitions?: readonly NamedDefinition[];
};

export type Deployment = {
  /** Both are as they were deployed last, whenever they are looked at. */
  readonly catalog: Catalog;
  readonly jobs: ReadonlyMap<string, Job>;
  replace(next: Deployable): void;
};

/** Nothing, at first. */
export function createDeployment(names: Pick<StackNames, 'machineArn'>): Deployment {
  let current = createCatalog([]);
  const jobs = new Map<string, Job>();
  const catalog: Catalog = {
    get pipelines() {
      return current.pipelines;
    },
    byName: (name) => current.byName(name),
  };
  return {
    catalog,
    jobs,
    replace(next) {
      current = createCatalog(
        next.pipelines.map((pipeline) => ({ pipeline, stateMachineArn: names.machineArn(pipeline.name) })),
      );
      jobs.clear();
      for (const [name, job] of Object.entries(next.jobs)) jobs.set(name, job);
    },
  };
}
