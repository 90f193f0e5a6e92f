import type { Pipeline } from '../../model/pipeline.ts';
import { triggersOf } from '../../model/trigger.ts';
import { publishedIntervals } from './published-intervals.ts';

/** A trigger whose datasets are never there for the same interval. `by`: for each dataset, what it is published for. */
export type Unequal = {
  readonly pipeline: string;
  readonly trigger: string;
  readonly by: readonly { readonly dataset: string; readonly intervals: readonly string[] }[];
};

/**
 * Triggers that start nothing, since of what they wait for too little is published for the same intervals: days and hours,
 * days of two time zones. Said only where it is known of every dataset which pipelines publish it, and for which intervals.
 *
 * @param unsure names of pipelines of which it is not known when they run
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
