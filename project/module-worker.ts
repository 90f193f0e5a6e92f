import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { type Reading, readPipelineValue } from '../shared/pipeline/read-pipeline.ts';

/** `thrown`: what the module, or its loading, ended with. */
export type ModuleAnswer = Reading | { readonly thrown: { readonly message: string; readonly stack: string } };

const { path, file } = z.object({ path: z.string(), file: z.string() }).parse(workerData);

// Not awaited at the top: Node would warn of this file where a module never settles.
void read().then((answer) => parentPort?.postMessage(answer));

async function read(): Promise<ModuleAnswer> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path).href);
    return readPipelineValue(module.default, file);
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error), { cause: error });
    return { thrown: { message: thrown.message, stack: error instanceof Error ? (error.stack ?? '') : '' } };
  }
}
