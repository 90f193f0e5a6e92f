import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { type Reading, readPipelineValue } from '../shared/pipeline/read-pipeline.ts';

/** Functions do not pass between threads, and a module has no places. */
type SentReading = Reading extends infer Each ? (Each extends Reading ? Omit<Each, 'place'> : never) : never;

/** `thrown`: the error of the module, or of loading it. */
export type ModuleAnswer =
  | readonly SentReading[]
  | { readonly thrown: { readonly message: string; readonly stack: string } };

const { path, file } = z.object({ path: z.string(), file: z.string() }).parse(workerData);

// Without `"type": "module"` in the project's package.json, as `npm init` makes it, Node would take a pipeline's module
// for CommonJS. A module that exports a pipeline never is.
registerHooks({
  load: (url, context, load) => {
    const ours = url.endsWith('.ts') && !url.includes('/node_modules/');
    return load(url, ours ? { ...context, format: 'module-typescript' } : context);
  },
});

// not awaited at the top level: if a module never settles, Node would warn about this file
void read().then((answer) => parentPort?.postMessage(answer));

async function read(): Promise<ModuleAnswer> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path).href);
    const { default: exported } = module;
    if (exported === undefined) return { thrown: { message: 'it has no default export', stack: '' } };
    // a list of pipelines, or one
    const values: readonly unknown[] = Array.isArray(exported) && exported.length > 0 ? exported : [exported];
    return values.map((value) => {
      const { place: _, ...reading } = readPipelineValue(value, file);
      return reading;
    });
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error), { cause: error });
    return { thrown: { message: thrown.message, stack: error instanceof Error ? (error.stack ?? '') : '' } };
  }
}
