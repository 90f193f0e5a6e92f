import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle, filesOf } from '../../infra/bundle.ts';
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
  PutObject: 'shared/use-cases/child-runs/gather-outputs.ts',
};

/** `glue:StartJobRun` is sent by `StartJobRunCommand`. */
function commandOf(operation: string): string {
  return operation.slice(operation.indexOf(':') + 1);
}

/** The SDK's commands in a function's bundle, without the suffix `Command`. */
function commandsIn(name: string): string[] {
  const inputs = filesOf(metafile, name).all.flatMap((output) =>
    Object.entries(metafile.outputs[output]?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [file] : [],
    ),
  );
  const commands = inputs.flatMap(
    (file) => /@aws-sdk\/client-[^/]+\/.*\/commands\/(\w+)Command\.js$/.exec(file)?.[1] ?? [],
  );
  return [...new Set(commands)]
    .filter((command) => !ofTheSdk.has(command) && inputs.includes(askedBy[command] ?? inputs[0] ?? ''))
    .sort();
}

test('the functions, the bundles and the table of functions agree', () => {
  const files = names.flatMap((name) => filesOf(metafile, name).all);
  expect(files.toSorted()).toEqual(Object.keys(metafile.outputs).toSorted());
  expect(names.filter((name) => filesOf(metafile, name).atStart.length === 0)).toEqual([]);
});

/** `api` has every use case and view, and `reconcile` more than the others. Each kind of task adds its calls. */
const ofItsOwn: Readonly<Record<string, number>> = { api: 465_000, reconcile: 355_000 };
const mostBytes = (name: string) => (ofItsOwn[name] ?? 320_000) + 12_000 * Object.keys(kinds).length;

test.each(names)('%s loads less than its limit at its start, with its SDK', (name) => {
  const bytes = filesOf(metafile, name).atStart.map((file) => metafile.outputs[file]?.bytes ?? 0);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(mostBytes(name));
});

test.each(names)('%s loads JSONata and the client of S3 when it needs them', (name) => {
  const seldom = /node_modules\/(jsonata|@aws-sdk\/client-s3)\//;
  const inputs = filesOf(metafile, name).atStart.flatMap((file) =>
    Object.entries(metafile.outputs[file]?.inputs ?? {}),
  );
  expect(inputs.filter(([file, { bytesInOutput }]) => seldom.test(file) && bytesInOutput > 0)).toEqual([]);
});

test('a rebuilt bundle leaves no old file', async () => {
  const stale = path.join(outdir, 'signal', 'stale.mjs');
  writeFileSync(stale, '');
  await bundle(root, outdir, [path.join(root, 'functions/signal.ts')]);
  expect(existsSync(stale)).toBe(false);
});

test.each(Object.entries(functions))('the role of %s allows exactly the commands in its bundle', (name, { sends }) => {
  expect(commandsIn(name)).toEqual([...new Set(sends.map(commandOf))].sort());
});

test('every known command is sent by a function', () => {
  const sent = new Set<string>(Object.values(functions).flatMap(({ sends }): readonly string[] => sends));
  expect(operations.filter((name) => !sent.has(name))).toEqual([]);
});
