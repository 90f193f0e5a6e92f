import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { functions } from '../../shared/deploy/functions/functions.ts';
import { operations } from '../../shared/deploy/functions/operations.ts';
import { kinds } from '../../shared/tasks/kinds.ts';

const root = path.resolve(import.meta.dirname, '../..');
const outdir = mkdtempSync(path.join(tmpdir(), 'gluewright-bundle-'));
let metafile: Metafile;

beforeAll(async () => {
  metafile = await bundle(root, outdir);
});
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const names = Object.keys(functions);

/** Commands of the SDK itself: S3 Express, endpoint discovery, paginators of the document client. */
const ofTheSdk = new Set(['CreateSession', 'DescribeEndpoints', 'Scan']);

/** Every function gets an object store, but only those that advance attempts use it. */
const askedBy: Readonly<Record<string, string>> = {
  GetObject: 'shared/actors/task-actor.ts',
  PutObject: 'shared/actors/batch-actor.ts',
};

/** `glue:StartJobRun` is sent by `StartJobRunCommand`. */
function commandOf(operation: string): string {
  return operation.slice(operation.indexOf(':') + 1);
}

/** The SDK's commands in a function's bundle, without the suffix `Command`. */
function commandsIn(name: string): string[] {
  const output = Object.entries(metafile.outputs).find(([file]) => path.basename(file) === `${name}.mjs`)?.[1];
  const inputs = Object.entries(output?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [file] : [],
  );
  const commands = inputs.flatMap(
    (file) => /@aws-sdk\/client-[^/]+\/.*\/commands\/(\w+)Command\.js$/.exec(file)?.[1] ?? [],
  );
  return [...new Set(commands)]
    .filter((command) => !ofTheSdk.has(command) && inputs.includes(askedBy[command] ?? inputs[0] ?? ''))
    .sort();
}

test('the functions, the bundles and the table of functions agree', () => {
  const built = Object.keys(metafile.outputs).map((file) => path.basename(file, '.mjs'));
  expect(built.sort()).toEqual([...names].sort());
});

/**
 * `api` has every use case and view, one more client for logs, and its OpenAPI description with examples. Each kind of
 * task adds its calls.
 */
const mostBytes = (name: string) => (name === 'api' ? 720_000 : 570_000) + 12_000 * Object.keys(kinds).length;

test.each(names)('the bundle of %s with its SDK stays under the size limit', (name) => {
  expect(statSync(path.join(outdir, `${name}.mjs`)).size).toBeLessThan(mostBytes(name));
});

test.each(Object.entries(functions))('the role of %s allows exactly the commands in its bundle', (name, { sends }) => {
  expect(commandsIn(name)).toEqual(sends.map(commandOf).sort());
});

test('every known command is sent by a function', () => {
  const sent = new Set<string>(Object.values(functions).flatMap(({ sends }): readonly string[] => sends));
  expect(operations.filter((name) => !sent.has(name))).toEqual([]);
});
