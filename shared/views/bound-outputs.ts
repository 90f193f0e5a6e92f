import type { TaskView } from './run-view.ts';

/** Bytes of JSON: one task's, and those of all of a run. An answer of Lambda's has room for six million. */
const outputBytes = 32_768;
const allBytes = 1_000_000;

/** Outputs for which there is no room give way to their sizes. */
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
