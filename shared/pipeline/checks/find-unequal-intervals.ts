import type { Pipeline, Trigger } from '../../model/pipeline.ts';

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
  return pipelines.flatMap(({ name, triggers }) =>
    Object.entries(triggers).flatMap(([trigger, each]): Unequal[] => {
      if (each.kind !== 'datasets') return [];
      const wanted = each.rule === 'all' ? each.datasets.length : each.rule === 'any' ? 1 : each.rule.atLeast;
      const by = each.datasets.map((dataset) => ({ dataset, intervals: published(pipelines, dataset, known) }));
      const sure = by.flatMap(({ dataset, intervals }) => (intervals === undefined ? [] : [{ dataset, intervals }]));
      if (sure.length < by.length) return [];
      const counts = new Map<string, number>();
      for (const interval of sure.flatMap(({ intervals }) => intervals)) {
        counts.set(interval, (counts.get(interval) ?? 0) + 1);
      }
      return Math.max(0, ...counts.values()) >= wanted ? [] : [{ pipeline: name, trigger, by: sure }];
    }),
  );
}

/** Each once. Undefined: it is not known. */
type Intervals = readonly string[] | undefined;

/** By pipeline. */
type Known = Map<string, Intervals>;

function published(pipelines: readonly Pipeline[], dataset: string, known: Known): Intervals {
  const publishers = pipelines.filter(({ tasks }) => tasks.some(({ publishes }) => publishes.includes(dataset)));
  return publishers.length === 0 ? undefined : together(publishers.map((each) => intervalsOf(pipelines, each, known)));
}

function intervalsOf(pipelines: readonly Pipeline[], { name, triggers }: Pipeline, known: Known): Intervals {
  if (known.has(name)) return known.get(name);
  // not known yet, should it lead back to here
  known.set(name, undefined);
  // who asks for a run says for which interval, and may well never ask
  const all = Object.values(triggers).filter(({ kind }) => kind !== 'api');
  // without other triggers it is started by hand, for whatever interval is said
  const found = all.length === 0 ? undefined : together(all.map((trigger) => ofTrigger(pipelines, trigger, known)));
  known.set(name, found);
  return found;
}

function ofTrigger(pipelines: readonly Pipeline[], trigger: Trigger, known: Known): Intervals {
  switch (trigger.kind) {
    case 'schedule':
      return [scheduled(trigger)];
    case 'datasets':
      return together(trigger.datasets.map((dataset) => published(pipelines, dataset, known)));
    case 'pipeline': {
      const upstream = pipelines.find(({ name }) => name === trigger.pipeline);
      return upstream === undefined ? undefined : intervalsOf(pipelines, upstream, known);
    }
    case 's3':
    case 'glue-job':
      return ['no interval'];
    case 'api':
      return undefined;
  }
}

function scheduled({ interval, timezone, expression }: Extract<Trigger, { kind: 'schedule' }>): string {
  if (interval === undefined) return 'no interval';
  // zones differ by whole hours, nearly all of them
  if (interval === 'hour') return 'each hour';
  const zone = /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal|Greenwich)$/.test(timezone) ? 'UTC' : timezone;
  return interval === 'schedule' ? `${expression} in ${zone}` : `each ${interval} in ${zone}`;
}

function together(each: readonly Intervals[]): Intervals {
  const all = new Set<string>();
  for (const intervals of each) {
    if (intervals === undefined) return undefined;
    for (const interval of intervals) all.add(interval);
  }
  return [...all];
}
