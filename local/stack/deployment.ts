import type { Channels } from '../../shared/model/channel.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { Pools } from '../../shared/model/pool.ts';
import type { Crawler, Job } from '../../shared/pipeline/jobs/jobs-file.ts';
import { type Catalog, createCatalog } from '../../shared/services/catalog.ts';
import type { StackNames } from './account.ts';
import type { NamedDefinition } from './state-machines.ts';

/** The deployment of a runtime. */
export type Deployable = {
  readonly pipelines: readonly Pipeline[];
  readonly jobs: Readonly<Record<string, Job>>;
  readonly crawlers?: Readonly<Record<string, Crawler>>;
  readonly rulesets?: Readonly<Record<string, string>>;
  /** Who is notified. */
  readonly channels?: Channels;
  readonly pools?: Pools;
  /** State machines written by hand, deployed unchanged. */
  readonly definitions?: readonly NamedDefinition[];
};

export type Deployment = {
  /** Always the latest deployment. */
  readonly catalog: Catalog;
  readonly jobs: ReadonlyMap<string, Job>;
  readonly crawlers: ReadonlyMap<string, Crawler>;
  readonly rulesets: ReadonlyMap<string, string>;
  replace(next: Deployable): void;
};

/** An empty deployment. */
export function createDeployment(names: Pick<StackNames, 'machineArn'>): Deployment {
  let current = createCatalog([]);
  const jobs = new Map<string, Job>();
  const crawlers = new Map<string, Crawler>();
  const rulesets = new Map<string, string>();
  const catalog: Catalog = {
    get pipelines() {
      return current.pipelines;
    },
    byName: (name) => current.byName(name),
    get channels() {
      return current.channels;
    },
    get pools() {
      return current.pools;
    },
  };
  return {
    catalog,
    jobs,
    crawlers,
    rulesets,
    replace(next) {
      current = createCatalog(
        next.pipelines.map((pipeline) => ({ pipeline, stateMachineArn: names.machineArn(pipeline.name) })),
        next.channels,
        next.pools,
      );
      jobs.clear();
      for (const [name, job] of Object.entries(next.jobs)) jobs.set(name, job);
      crawlers.clear();
      for (const [name, crawler] of Object.entries(next.crawlers ?? {})) crawlers.set(name, crawler);
      rulesets.clear();
      for (const [name, rules] of Object.entries(next.rulesets ?? {})) rulesets.set(name, rules);
    },
  };
}
