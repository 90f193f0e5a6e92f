import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { run } from './adapter.ts';

type Case = Parameters<typeof run>[2] & {
  readonly id: string;
  readonly definition: Parameters<typeof run>[0];
  readonly input: Parameters<typeof run>[1];
};
type Compare = {
  compareCase(
    recorded: Case,
    got: object,
  ): { readonly result: boolean; readonly cause: boolean; readonly detail: string };
  compareHistory(recorded: Case, history: unknown): { readonly full: boolean; readonly detail: string } | null;
};

const corpus = path.resolve('..', 'shared', 'asl-conformance');

/** The engine's differences from AWS, each with its reason. */
const known: ReadonlyMap<string, string> = new Map([
  [
    'error-output-variables/error_output/test_parallel_catch_error[PARALLEL_CATCH_ERROR_OUTPUT_WITH_RETRY]',
    'the recording ends before the second try of the task was answered',
  ],
]);

test.each([
  ['cases', 517, 230],
  ['cases-stubbed', 128, 119],
])('the recorded %s end as on AWS, with their causes and histories', async (folder, causes, histories) => {
  if (!existsSync(corpus)) return; // said once, below
  const compare: Compare = await import(pathToFileURL(path.join(corpus, 'compare.mjs')).href);
  const differing: string[] = [];
  let same = 0;
  let fullHistories = 0;
  for (const file of readdirSync(path.join(corpus, folder))) {
    const recorded = readCase(path.join(corpus, folder, file));
    const got = await run(structuredClone(recorded.definition), structuredClone(recorded.input), recorded);
    const { cause, detail } = compare.compareCase(recorded, got);
    if (cause) same += 1;
    else if (!known.has(recorded.id)) differing.push(`${recorded.id}: ${detail}`);
    if (compare.compareHistory(recorded, got.history)?.full === true) fullHistories += 1;
  }
  expect(differing).toEqual([]);
  expect({ same, fullHistories }).toEqual({ same: causes, fullHistories: histories });
});

test('the recordings exist', (context) => {
  if (!existsSync(corpus)) context.skip('the corpus of recordings is not beside this project');
});

/** Pure cases leave these out. */
const none: object = { stubs: [], stubWildcards: {}, s3: [] };

function readCase(file: string): Case {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return { ...none, ...(parsed as Case) };
}
