import type { Task } from '../model/pipeline.ts';
import type { Keys } from './keys.ts';
import { limits } from './limits.ts';

/** The largest state document: its bytes, and the outputs that it may hold besides. */
export type Size = { readonly bytes: number; readonly outputs: number };

/** @param branches the branches that return the keys */
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

/** The largest output that keeps documents of these sizes below their limit. Undefined: no useful output fits. */
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
 * The characters to keep of the cause of an error of Step Functions, if all tasks fail with one. Undefined: there are so
 * many tasks that not even the errors fit.
 */
export function causeLength(tasks: readonly Pick<Task, 'name'>[]): number | undefined {
  const entry = '"":{"error":"States.QueryEvaluationError","cause":""},'.length;
  const bytes = tasks.reduce((sum, { name }) => sum + name.length + entry, 0);
  if (bytes > limits.causes) return undefined;
  // a character may be escaped
  const each = Math.floor((limits.causes - bytes) / 2 / Math.max(1, tasks.length));
  return each < 100 ? 0 : Math.min(each, 400);
}
