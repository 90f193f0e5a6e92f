import type { Pipeline } from '../../model/pipeline.ts';
import { triggersOf } from '../../model/trigger.ts';
import { together } from '../../triggers/kinds/intervals.ts';
import { triggerKind } from '../../triggers/kinds/kinds.ts';
import type { Intervals } from '../../triggers/kinds/trigger-kind.ts';

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
  const known: Known = new Map(unsure.map((name) => [name, undefined]));
  return pipelines.flatMap((pipeline) =>
    triggersOf(pipeline, 'datasets').flatMap(([trigger, each]): Unequal[] => {
      const wanted = each.rule === 'all' ? each.datasets.length : each.rule === 'any' ? 1 : each.rule.atLeast;
      const by = each.datasets.map((dataset) => ({ dataset, intervals: published(pipelines, dataset, known) }));
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

/** By pipeline. */
type Known = Map<string, Intervals>;

function published(pipelines: readonly Pipeline[], dataset: string, known: Known): Intervals {
  const publishers = pipelines.filter(({ tasks }) => tasks.some(({ publishes }) => publishes.includes(dataset)));
  return publishers.length === 0 ? undefined : together(publishers.map((each) => intervalsOf(pipelines, each, known)));
}

function intervalsOf(pipelines: readonly Pipeline[], { name, triggers }: Pipeline, known: Known): Intervals {
  if (known.has(name)) return known.get(name);
  // unknown while it is being looked up: triggers may form a cycle
  known.set(name, undefined);
  // callers supply their own interval, so their triggers do not count
  const all = Object.values(triggers).filter(({ kind }) => triggerKind(kind).from !== 'caller');
  const sources = {
    ofDataset: (dataset: string) => published(pipelines, dataset, known),
    ofPipeline: (other: string) => {
      const upstream = pipelines.find((each) => each.name === other);
      return upstream === undefined ? undefined : intervalsOf(pipelines, upstream, known);
    },
  };
  // without other triggers runs are started by hand, for any interval
  const found =
    all.length === 0 ? undefined : together(all.map((each) => triggerKind(each.kind).intervals(each, sources)));
  known.set(name, found);
  return found;
}
