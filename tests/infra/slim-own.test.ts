import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { openApi } from '../../shared/api/open-api.ts';

const outdir = mkdtempSync(path.join(tmpdir(), 'gluewright-slim-own-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

test('the API description in a bundle equals the one that the sources compute', async () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const entry = path.join(outdir, 'entry.ts');
  writeFileSync(entry, `export { openApi } from ${JSON.stringify(path.join(root, 'shared/api/open-api.ts'))};`);
  await bundle(root, outdir, [entry]);
  const bundled: { openApi: () => unknown } = await import(path.join(outdir, 'entry.mjs'));
  expect(bundled.openApi()).toEqual(openApi());
});
