import { kindOf } from '../tasks/kinds.ts';
import { expressionText, readExpression } from './expression.ts';
import type { Pipeline, Value } from './pipeline.ts';

export { expressionText } from './expression.ts';

/** For each task the tasks whose output its `if` and its work read. The pipeline has been checked: all are upstream. */
export function outputsRead(pipeline: Pipeline): ReadonlyMap<string, ReadonlySet<string>> {
  const entries = pipeline.tasks.map((task) => {
    const texts = [...textsOf(task.if ?? null), ...textsOf(kindOf(task.work.kind).values(task.work))];
    const reads = texts.flatMap((text) => readExpression(text).reads);
    return [task.name, new Set(reads.flatMap((read) => (read.of === 'tasks' ? (read.name ?? []) : [])))] as const;
  });
  return new Map(entries);
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
