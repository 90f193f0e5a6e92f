import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundle, filesOf } from '../../infra/bundle.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'gluewright-one-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = {
  'start.ts': `import { a } from './a.ts'; import { b } from './b.ts';
    export const handler = async () => [a, b, (await import('./later-a.ts')).value, (await import('./later-b.ts')).value];`,
  'a.ts': 'export const a = {};',
  'b.ts': 'export const b = {};',
  'later-a.ts': `import { a } from './a.ts'; export const value = a;`,
  'later-b.ts': `import { b } from './b.ts'; export const value = b;`,
};

test('a function starts with its entry and one other file, and modules that load later share their state', async () => {
  mkdirSync(path.join(folder, 'src'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, 'src', name), text);
  const outdir = path.join(folder, 'out');
  const metafile = await bundle(folder, outdir, [path.join(folder, 'src/start.ts')]);
  expect(filesOf(metafile, 'start').atStart).toHaveLength(2);
  const { handler }: { handler: () => Promise<unknown[]> } = await import(path.join(outdir, 'start.mjs'));
  const [a, b, laterA, laterB] = await handler();
  expect([laterA === a, laterB === b]).toEqual([true, true]);
});
