import type { Task } from '../model/pipeline.ts';
import type { Keys } from './keys.ts';
import { limits } from './limits.ts';

/** How large a state document may be: bytes, and outputs besides. */
export type Size = { readonly bytes: number; readonly outputs: number };

/** @param branches that the keys are returned by */
export function documentSize({ whole }: Keys, keys: readonly string[], branches = 1): Size {
  const score = '"":,'.length + 15;
  const outcome = '{"status":"upstream_failed","tolerated":true,"kept":true,"output":}'.length;
  const around = '{"above":{},"tasks":{"_total":,"_lost":{}}},'.length + 15;
  let bytes = limits.causes + branches * around;
  let outputs = 0;
  for (const key of keys) {
    bytes += key.length + score;
    if (!whole.has(key)) continue;
    bytes += outcome;
    outputs += 1;
  }
  return { bytes, outputs };
}

/** The largest output that leaves a document of each size below its limit. Undefined: there is no room for a useful one. */
export function outputRoom(sizes: readonly Size[]): number | undefined {
  let room: number = limits.output;
  for (const { bytes, outputs } of sizes) {
    const each = outputs === 0 ? room : Math.floor((limits.document - bytes) / outputs);
    if (bytes > limits.document || each < 256) return undefined;
    room = Math.min(room, each);
  }
  return room;
}

/**
 * Characters that are kept of the cause of an error of Step Functions' own, should all tasks fail with one. Undefined:
 * there are so many tasks that the document has not even room for the errors.
 */
export function causeLength(tasks: readonly Pick<Task, 'name'>[]): number | undefined {
  const entry = '"":{"error":"States.QueryEvaluationError","cause":""},'.length;
  const bytes = tasks.reduce((sum, { name }) => sum + name.length + entry, 0);
  if (bytes > limits.causes) return undefined;
  // a character may be escaped
  const each = Math.floor((limits.causes - bytes) / 2 / Math.max(1, tasks.length));
  return each < 100 ? 0 : Math.min(each, 400);
}
