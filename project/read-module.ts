import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Reading } from '../shared/pipeline/read-pipeline.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { nowhere } from '../shared/reading/source.ts';
import type { ModuleAnswer } from './module-worker.ts';

/** A module is somebody's program: it may run for ever. */
const patience = 10_000;

/** The installed package holds JavaScript. */
const workerFile = import.meta.url.endsWith('.ts') ? './module-worker.ts' : './module-worker.js';

/**
 * Reads the pipelines that a TypeScript module exports: one, or a list. The module is loaded by a worker: it can be ended, and each time
 * the files are read as they are then, with all that they import.
 *
 * @param file what the problems call it
 */
export function readModule(path: string, file: string, patienceMilliseconds = patience): Promise<readonly Reading[]> {
  const worker = new Worker(new URL(workerFile, import.meta.url), {
    workerData: { path, file },
    stdout: true,
  });
  // Standard output is the command's own.
  worker.stdout.pipe(process.stderr, { end: false });
  return new Promise((resolve) => {
    const settle = (readings: readonly Reading[]): void => {
      clearTimeout(timer);
      worker.off('exit', onExit);
      void worker.terminate();
      resolve(readings);
    };
    const refuse = (message: string, place: { line: number; column: number } = { line: 1, column: 1 }): void => {
      const remedy = 'export default pipeline({…}), or a list of them, and import only what is installed';
      const problem: Problem = { file, ...place, severity: 'error', code: 'module', message, remedy };
      settle([{ pipeline: undefined, place: nowhere, problems: [problem] }]);
    };
    const onExit = (): void => refuse('the module ended without an export: it waits for what never comes');
    const timer = setTimeout(
      () => refuse(`the module has not loaded after ${patienceMilliseconds / 1000} seconds`),
      patienceMilliseconds,
    );
    worker.on('error', (error) => refuse(`the module does not load: ${String(error)}`)).on('exit', onExit);
    worker.on('message', (answer: ModuleAnswer) => {
      if (!('thrown' in answer)) return settle(answer.map((reading) => ({ ...reading, place: nowhere })));
      const { message, stack } = answer.thrown;
      refuse(`the module does not load: ${message}`, placeIn(stack, path));
    });
  });
}

/** Where the module itself stands in a stack: by its URL, or by its path where it cannot be parsed. */
function placeIn(stack: string, path: string): { line: number; column: number } {
  for (const name of [pathToFileURL(path).href, path]) {
    const [, after = ''] = stack.split(`${name}:`);
    const [, line, column = '1'] = /^(\d+)(?::(\d+))?/.exec(after) ?? [];
    if (line !== undefined) return { line: Number(line), column: Number(column) };
  }
  return { line: 1, column: 1 };
}
