import { existsSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { storedJson } from '../../shared/ledger/decision.ts';
import type { LocalEnd } from './local-work.ts';
import { type ProgramEnd, type ProgramPlaces, runProgram } from './run-program.ts';
import type { WorkRunner } from './worker.ts';

/** Each reads the event from its input, and writes the answer as JSON to descriptor 3. Its output is the function's own. */
const node = `
import { readFileSync, writeSync } from 'node:fs';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';
// The SDKs create their own agents, which would ignore the proxy and reach AWS.
const { Agent } = https;
https.Agent = class extends Agent {
  constructor(options) {
    super({ proxyEnv: process.env, ...options });
  }
};
syncBuiltinESMExports();
const [, file, name] = process.argv;
const answer = (value) => { writeSync(3, JSON.stringify(value)); process.exit(0); };
try {
  const { [name]: handler } = await import(pathToFileURL(file).href);
  if (typeof handler !== 'function') throw new TypeError(file + ' exports no function ' + name);
  const result = await handler(JSON.parse(readFileSync(0, 'utf8')), { functionName: process.env.GLUEWRIGHT_NAME });
  answer({ result: result === undefined ? null : result });
} catch (error) {
  answer({ error: error?.name ?? 'Error', message: String(error?.message ?? error) });
}`;
const python = `
import importlib.util, json, os, sys
file, name = sys.argv[1:3]
sys.path.insert(0, os.path.dirname(file))
def answer(value):
    text = json.dumps(value, allow_nan=False)
    with os.fdopen(3, 'w') as out:
        out.write(text)
try:
    spec = importlib.util.spec_from_file_location('handler', file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    answer({'result': getattr(module, name)(json.load(sys.stdin), None)})
except Exception as error:
    answer({'error': type(error).__name__, 'message': str(error)})`;

const languages: readonly { readonly endings: readonly string[]; readonly start: (env: Env) => readonly string[] }[] = [
  {
    endings: ['.mjs', '.js', '.mts', '.ts'],
    start: () => [process.execPath, '--input-type=module', '--eval', node, '--'],
  },
  { endings: ['.py'], start: ({ PYTHON = 'python3' }) => [PYTHON, '-c', python] },
];
type Env = ReturnType<ProgramPlaces['env']>;

const answered = z.union([z.object({ result: storedJson }), z.object({ error: z.string(), message: z.string() })]);

/** Runs a Lambda function's handler in a process of its own, as Lambda names it: `folder/file.function`. */
export function byHandler(handler: string, places: ProgramPlaces): WorkRunner {
  return (work, report) => {
    const found = commandOf(handler, places);
    if ('missing' in found) {
      const timer = setImmediate(() => report({ state: 'failed', error: 'HandlerNotFound', message: found.missing }));
      return () => clearImmediate(timer);
    }
    const env = { GLUEWRIGHT_WORK: work.id, GLUEWRIGHT_NAME: work.name };
    const input = JSON.stringify(work.input);
    return runProgram(found.command, { input, env }, places, (end) => report(endOf(end)));
  };
}

function endOf(end: ProgramEnd): LocalEnd {
  if ('notStarted' in end) return { state: 'failed', error: 'HandlerNotStarted', message: end.notStarted };
  const read = z.safeParse(answered, parsed(end.answer)).data;
  if (read === undefined) {
    return { state: 'failed', error: 'Runtime.ExitError', message: `it ended with ${end.code}: ${end.said}` };
  }
  if ('error' in read) return { state: 'failed', ...read };
  return { state: 'succeeded', output: read.result };
}

function commandOf(
  handler: string,
  { root, env }: ProgramPlaces,
): { readonly command: readonly string[] } | { readonly missing: string } {
  const dot = handler.lastIndexOf('.');
  const [file, name] = [path.resolve(root, handler.slice(0, dot)), handler.slice(dot + 1)];
  for (const { endings, start } of languages) {
    const ending = endings.find((each) => existsSync(`${file}${each}`));
    if (ending !== undefined) return { command: [...start(env()), `${file}${ending}`, name] };
  }
  const endings = languages.flatMap((language) => language.endings).join(', ');
  return { missing: `there is no file ${file} that ends with ${endings}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
