import type { Param, Pipeline, Task, Value } from '../../model/pipeline.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { readExpression } from './expression.ts';
import { expressionText } from './expression-text.ts';

/**
 * For each task, the tasks whose output its `if` and its work read. In a checked pipeline, all of them are upstream.
 */
export function outputsRead(pipeline: Pipeline): ReadonlyMap<string, ReadonlySet<string>> {
  const entries = pipeline.tasks.map((task) => {
    const reads = textsOfTask(task).flatMap((text) => readExpression(text).reads);
    return [task.name, new Set(reads.flatMap((read) => (read.of === 'tasks' ? (read.name ?? []) : [])))] as const;
  });
  return new Map(entries);
}

/** Whether an expression reads `$interval` without a guard. @param text its JSONata */
export function needsInterval(text: string): boolean {
  if (!text.includes('$interval')) return false;
  const { reads, guardsInterval } = readExpression(text);
  return !guardsInterval && reads.some(({ of }) => of === 'interval');
}

/** The buckets that expressions name by `$buckets.NAME`. */
export function bucketsRead(pipeline: Pick<Pipeline, 'params' | 'tasks'>): readonly string[] {
  const reads = textsOfPipeline(pipeline)
    .filter((text) => text.includes('$buckets'))
    .flatMap((text) => readExpression(text).reads);
  return [...new Set(reads.flatMap(({ of, name }) => (of === 'buckets' && name !== undefined ? [name] : [])))];
}

/** The JSONata of every expression of its tasks and of its parameters' defaults. */
function textsOfPipeline({ params, tasks }: Pick<Pipeline, 'params' | 'tasks'>): string[] {
  return [...tasks.flatMap(textsOfTask), ...Object.values(params).flatMap(textsOfParam)];
}

export function textsOfParam(param: Param): string[] {
  return textsOf(param.default ?? null);
}

/** The JSONata of every expression of one task. */
export function textsOfTask({ if: condition, work }: Pick<Task, 'if' | 'work'>): string[] {
  return [...textsOf(condition ?? null), ...textsOf(kindOf(work.kind).file.values(work))];
}

export function hasExpressions(value: Value): boolean {
  return textsOf(value).length > 0;
}

/** The JSONata of every expression in a value. */
function textsOf(value: Value): string[] {
  if (typeof value === 'string') {
    const text = expressionText(value);
    return text === undefined ? [] : [text];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}
