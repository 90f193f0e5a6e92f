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

/** Names of SDK clients that differ from the service's name in IAM. */
const clientOf: Readonly<Record<string, string>> = {
  elasticmapreduce: 'emr',
};

/** Replaces the service of an operation with the name of its SDK client. Some operations name no service. */
function commandOf(operation: string): string {
  const [service = '', command] = operation.split(':');
  return command === undefined ? operation : `${clientOf[service] ?? service}:${command}`;
}

/** The SDK's commands in a function's bundle, such as `glue:StartJobRun`. */
function commandsIn(name: string): string[] {
  const inputs = filesOf(metafile, name).all.flatMap((output) =>
    Object.entries(metafile.outputs[output]?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [file] : [],
    ),
  );
  const commands = inputs.flatMap((file) => {
    const [, client, command = ''] = /@aws-sdk\/client-([^/]+)\/.*\/commands\/(\w+)Command\.js$/.exec(file) ?? [];
    const isOurs = client !== undefined && !ofTheSdk.has(command) && inputs.includes(askedBy[command] ?? file);
    return isOurs ? [`${client}:${command}`] : [];
  });
  return [...new Set(commands)].sort();
}

test('the functions, the bundles and the table of functions agree', () => {
  const files = names.flatMap((name) => filesOf(metafile, name).all);
  expect(files.toSorted()).toEqual(Object.keys(metafile.outputs).toSorted());
  expect(names.filter((name) => filesOf(metafile, name).atStart.length === 0)).toEqual([]);
});

/** `api` contains all use cases and views, and `reconcile` more than the rest. Each kind of task adds code to all. */
const ofItsOwn: Readonly<Record<string, number>> = { api: 410_000, reconcile: 310_000 };
const mostBytes = (name: string) => (ofItsOwn[name] ?? 285_000) + 10_000 * Object.keys(kinds).length;

test.each(names)('%s loads less than its limit at its start, with its SDK', (name) => {
  const bytes = filesOf(metafile, name).atStart.map((file) => metafile.outputs[file]?.bytes ?? 0);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(mostBytes(name));
});

test.each(names)('%s loads JSONata, the S3 client and the clients of task kinds only when it needs them', (name) => {
  const atOnce = '(?!dynamodb/|eventbridge/|sfn/)';
  const seldom = new RegExp(`node_modules/(jsonata|@aws-sdk/client-${atOnce}[^/]+|@aws-sdk/xml-builder)/`);
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
  const allowed = [...new Set(sends.map(commandOf))].sort();
  const sent = commandsIn(name).flatMap((each) => {
    const named = [each, each.slice(each.indexOf(':') + 1)].filter((name) => allowed.includes(name));
    return named.length === 0 ? [each] : named;
  });
  expect(sent.sort()).toEqual(allowed);
});

test('every known command is sent by a function', () => {
  const sent = new Set<string>(Object.values(functions).flatMap(({ sends }): readonly string[] => sends));
  expect(operations.filter((name) => !sent.has(name))).toEqual([]);
});
