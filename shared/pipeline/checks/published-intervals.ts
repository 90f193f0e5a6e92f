import type { Pipeline } from '../../model/pipeline.ts';
import { together } from '../../triggers/kinds/intervals.ts';
import { triggerKind } from '../../triggers/kinds/kinds.ts';
import type { IntervalSources, Intervals } from '../../triggers/kinds/trigger-kind.ts';

/** By pipeline. */
type Known = Map<string, Intervals>;

/**
 * The intervals for which datasets are published and pipelines run, as far as the files say.
 *
 * @param unsure pipelines whose triggers are not completely known
 */
export function publishedIntervals(pipelines: readonly Pipeline[], unsure: readonly string[] = []): IntervalSources {
  return sourcesIn(pipelines, new Map(unsure.map((name) => [name, undefined])));
}

function sourcesIn(pipelines: readonly Pipeline[], known: Known): IntervalSources {
  return {
    ofDataset: (dataset) => published(pipelines, dataset, known),
    ofPipeline(name) {
      const upstream = pipelines.find((each) => each.name === name);
      return upstream === undefined ? undefined : intervalsOf(pipelines, upstream, known);
    },
  };
}

function published(pipelines: readonly Pipeline[], dataset: string, known: Known): Intervals {
  const publishers = pipelines.filter(({ tasks }) => tasks.some(({ publishes }) => publishes.includes(dataset)));
  return publishers.length === 0 ? undefined : together(publishers.map((each) => intervalsOf(pipelines, each, known)));
}

function intervalsOf(pipelines: readonly Pipeline[], { name, triggers }: Pipeline, known: Known): Intervals {
  if (known.has(name)) return known.get(name);
  // unknown during its own lookup, because triggers may form a cycle
  known.set(name, undefined);
  // callers supply their own interval, so their triggers do not count
  const all = Object.values(triggers).filter(({ kind }) => triggerKind(kind).from !== 'caller');
  const sources = sourcesIn(pipelines, known);
  // without other triggers, people start runs for any interval
  const found =
    all.length === 0 ? undefined : together(all.map((each) => triggerKind(each.kind).intervals(each, sources)));
  known.set(name, found);
  return found;
}
