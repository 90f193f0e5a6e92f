import type { TaskView } from './run-view.ts';

/** Bytes of JSON for one task, and for all tasks of a run. A Lambda answer holds six million. */
const outputBytes = 32_768;
const allBytes = 1_000_000;

/** Replaces outputs that do not fit by their sizes. */
export function boundOutputs(tasks: readonly TaskView[]): TaskView[] {
  let left = allBytes;
  return tasks.map((task) => {
    const { output, ...rest } = task;
    if (output === undefined) return task;
    const bytes = Buffer.byteLength(JSON.stringify(output));
    if (bytes > Math.min(outputBytes, left)) return { ...rest, outputBytes: bytes };
    left -= bytes;
    return task;
  });
}
