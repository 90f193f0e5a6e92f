import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPage } from '../../web/build.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gluewright-page-'));
  await buildPage(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the whole page weighs at most 60 KB compressed', async () => {
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (name) => gzipSync(await readFile(join(folder, name))).length));
  expect(files.toSorted()).toEqual(['icon.svg', 'index.html', 'page.css', 'page.js', 'start.js']);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60 * 1_024);
});

test('the page has no inline script or style, and no other address', async () => {
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<style|style=|<script[^>]*>[^<]|\son\w+=|unsafe-/);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/https?:\/\//);
  expect(await readFile(join(folder, 'page.css'), 'utf8')).not.toMatch(/url\(|@import/);
});
