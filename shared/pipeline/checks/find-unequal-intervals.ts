import type { Pipeline } from '../../model/pipeline.ts';
import { triggersOf } from '../../model/trigger.ts';
import { publishedIntervals } from './published-intervals.ts';

/** A trigger whose datasets are never published for the same interval. `by`: the intervals of each dataset. */
export type Unequal = {
  readonly pipeline: string;
  readonly trigger: string;
  readonly by: readonly { readonly dataset: string; readonly intervals: readonly string[] }[];
};

/**
 * Triggers that never start, because too few of their datasets are published for the same intervals: days and hours,
 * or days of two time zones. Reported only if all publishers and their intervals are known.
 *
 * @param unsure pipelines whose triggers are not completely known
 */
export function findUnequalIntervals(pipelines: readonly Pipeline[], unsure: readonly string[] = []): Unequal[] {
  const intervalsOf = publishedIntervals(pipelines, unsure);
  return pipelines.flatMap((pipeline) =>
    triggersOf(pipeline, 'datasets').flatMap(([trigger, each]): Unequal[] => {
      const wanted = each.rule === 'all' ? each.datasets.length : each.rule === 'any' ? 1 : each.rule.atLeast;
      const by = each.datasets.map((dataset) => ({ dataset, intervals: intervalsOf.ofDataset(dataset) }));
      const sure = by.flatMap(({ dataset, intervals }) => (intervals === undefined ? [] : [{ dataset, intervals }]));
      if (sure.length < by.length) return [];
      const counts = new Map<string, number>();
      for (const interval of sure.flatMap(({ intervals }) => intervals)) {
        counts.set(interval, (counts.get(interval) ?? 0) + 1);
      }
      return Math.max(0, ...counts.values()) >= wanted ? [] : [{ pipeline: pipeline.name, trigger, by: sure }];
    }),
  );
}
