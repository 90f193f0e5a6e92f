import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Reading } from '../shared/pipeline/read-pipeline.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { nowhere } from '../shared/reading/source.ts';
import type { ModuleAnswer } from './module-worker.ts';

/** A module is a program, and may run for ever. */
const patience = 10_000;

/** The installed package holds JavaScript. */
const workerFile = import.meta.url.endsWith('.ts') ? './module-worker.ts' : './module-worker.js';

/**
 * Reads the pipelines that a TypeScript module exports: one, or a list. A worker loads the module. The worker
 * can be ended, and a new one reads the current files with all their imports.
 *
 * @param file its name in problems
 */
export function readModule(path: string, file: string, patienceMilliseconds = patience): Promise<readonly Reading[]> {
  const worker = new Worker(new URL(workerFile, import.meta.url), {
    workerData: { path, file },
    stdout: true,
  });
  // standard output belongs to the command
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

/** The module's line in a stack: named by its URL, or by its path if the module cannot be parsed. */
function placeIn(stack: string, path: string): { line: number; column: number } {
  for (const name of [pathToFileURL(path).href, path]) {
    const [, after = ''] = stack.split(`${name}:`);
    const [, line, column = '1'] = /^(\d+)(?::(\d+))?/.exec(after) ?? [];
    if (line !== undefined) return { line: Number(line), column: Number(column) };
  }
  return { line: 1, column: 1 };
}
