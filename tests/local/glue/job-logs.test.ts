import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJobLogs } from '../../../local/glue/processes/job-logs.ts';
import { runFolder } from '../../../local/glue/processes/run-folder.ts';
import type { LogWanted } from '../../../shared/services/system.ts';

const home = mkdtempSync(join(tmpdir(), 'gluewright-logs-'));
const files = runFolder(home, 'jr_1');
mkdirSync(files.folder, { recursive: true });
const read = createJobLogs(home);
const wanted: LogWanted = { name: 'extract', id: 'jr_1', from: 'start', limit: 100, live: false };

async function readAll(ask: LogWanted): Promise<string[]> {
  const all: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 1_000; page += 1) {
    const found = await read(cursor === undefined ? ask : { ...ask, cursor });
    const lines = found?.lines.map(({ stream, text }) => `${stream} ${text}`) ?? [];
    if (ask.from === 'start') all.push(...lines);
    else all.unshift(...lines);
    cursor = found?.next;
    if (cursor === undefined) return all;
  }
  throw new Error('it has no end');
}

const line = fc.stringMatching(/^[aé𝄞 ]{0,6}$/u);

test('pages from either end contain the same lines', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.array(line),
      fc.boolean(),
      fc.integer({ min: 1, max: 7 }),
      async (outputs, errors, isWhole, limit) => {
        writeFileSync(files.output, outputs.map((text) => `${text}\n`).join(''));
        writeFileSync(files.error, errors.map((text) => `${text}\n`).join('') + (isWhole ? '' : 'last'));
        const expected = [
          ...outputs.map((text) => `output ${text}`),
          ...errors.map((text) => `error ${text}`),
          ...(isWhole ? [] : ['error last']),
        ];
        expect(await readAll({ ...wanted, limit })).toEqual(expected);
        expect(await readAll({ ...wanted, limit, from: 'end' })).toEqual(expected);
      },
    ),
  );
});

test('a search through many megabytes finds its lines page by page', async () => {
  const filler = `${'x'.repeat(99)}\n`.repeat(30_000);
  writeFileSync(files.output, `needle 1\n${filler}needle 2\n`);
  writeFileSync(files.error, `${filler}needle 3\n`);
  const found = ['output needle 1', 'output needle 2', 'error needle 3'];
  expect(await readAll({ ...wanted, search: 'needle' })).toEqual(found);
  expect(await readAll({ ...wanted, search: 'needle', from: 'end' })).toEqual(found);
});

test('an incomplete line is left for the next page', async () => {
  writeFileSync(files.output, 'one\ntw');
  writeFileSync(files.error, '');
  const first = await read({ ...wanted, live: true });
  expect(first?.lines.map(({ text }) => text)).toEqual(['one']);
  expect(first?.next).toBeUndefined();
  appendFileSync(files.output, 'o\nthree\n');
  const rest = await read({ ...wanted, live: true, cursor: first?.after ?? '' });
  expect(rest?.lines.map(({ text }) => text)).toEqual(['two', 'three']);
});

test('a line longer than one read is returned in pieces', async () => {
  writeFileSync(files.output, `${'y'.repeat(2_500_000)}\nend`);
  writeFileSync(files.error, '');
  expect((await readAll(wanted)).join('')).toBe(
    `output ${'y'.repeat(1_000_000)}output ${'y'.repeat(1_000_000)}output ${'y'.repeat(500_000)}output end`,
  );
});

test('a run id that points outside the folder has no log', async () => {
  expect(await read({ ...wanted, id: '../jr_1' })).toBeUndefined();
});
