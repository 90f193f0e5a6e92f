import { isJsonObject, type Json } from '../../json.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { triggerKind } from '../../triggers/kinds/kinds.ts';
import { noInterval } from '../../triggers/kinds/shared-fields.ts';
import { expressionText } from '../expressions/expression-text.ts';
import { needsInterval } from '../expressions/expressions-of.ts';
import { publishedIntervals } from './published-intervals.ts';

/** A trigger that may start runs without an interval, although its pipeline reads one. */
export type AbsentInterval = {
  readonly pipeline: string;
  readonly trigger: string;
  /** What reads it: the parameter or task, as messages name it. */
  readonly reader: string;
};

/** @param unsure pipelines whose triggers are not completely known */
export function findAbsentIntervals(
  pipelines: readonly Pipeline[],
  unsure: readonly string[] = [],
): readonly AbsentInterval[] {
  const sources = publishedIntervals(pipelines, unsure);
  return pipelines.flatMap((pipeline) => {
    const reader = readerOf(pipeline);
    if (reader === undefined) return [];
    return Object.entries(pipeline.triggers).flatMap(([trigger, each]): AbsentInterval[] => {
      const kind = triggerKind(each.kind);
      // a trigger that never has an interval is refused with its file
      if (kind.from === 'caller' || !kind.givesInterval(each)) return [];
      if (kind.intervals(each, sources)?.includes(noInterval) !== true) return [];
      return [{ pipeline: pipeline.name, trigger, reader }];
    });
  });
}

function readerOf(pipeline: Pipeline): string | undefined {
  const task = pipeline.tasks.find((each) => each.needsInterval === true);
  if (task !== undefined) return `the task \`${task.name}\``;
  const param = Object.entries(pipeline.params).find(([, { default: fallback }]) => readsInterval(fallback ?? null));
  return param === undefined ? undefined : `the default of \`${param[0]}\``;
}

function readsInterval(value: Json): boolean {
  if (Array.isArray(value)) return value.some(readsInterval);
  if (isJsonObject(value)) return Object.values(value).some(readsInterval);
  const text = typeof value === 'string' ? expressionText(value) : undefined;
  return text !== undefined && needsInterval(text);
}
