import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * `npm run test:package`: tests the tarball on the oldest Node in `engines` and on the newest one, and with each
 * package manager.
 */

const root = path.resolve(import.meta.dirname, '..');
const manifest: { readonly engines: { readonly node: string } } = JSON.parse(
  readFileSync(path.join(root, 'package.json'), 'utf8'),
);
const [, oldest = ''] = /\^(\d+\.\d+\.\d+)/.exec(manifest.engines.node) ?? [];

const cases = [
  { node: oldest, manager: 'npm' },
  { node: 'latest', manager: 'npm' },
  { node: undefined, manager: 'pnpm' },
  { node: undefined, manager: 'yarn' },
];

const folder = mkdtempSync(path.join(tmpdir(), 'gluewright-nodes-'));
try {
  const failed = cases.filter(({ node, manager }) => {
    const binary = node === undefined ? process.execPath : fetchNode(node);
    console.log(`\nthe tarball by ${manager} on Node ${node ?? process.versions.node}`);
    const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
    const env = { ...process.env, GLUEWRIGHT_TEST_NODE: binary, GLUEWRIGHT_TEST_MANAGER: manager };
    const words = [vitest, 'run', 'tests/package/tarball.test.ts'];
    return spawnSync(process.execPath, words, { cwd: root, env, stdio: 'inherit' }).status !== 0;
  });
  console.log(`\n${cases.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The npm package `node` brings a binary of each version. */
function fetchNode(version: string): string {
  const place = path.join(folder, version);
  mkdirSync(place);
  writeFileSync(path.join(place, 'package.json'), '{ "private": true }');
  const words = ['install', '--no-audit', '--no-fund', `node@${version}`];
  const { status, stderr } = spawnSync('npm', words, { cwd: place, encoding: 'utf8' });
  if (status !== 0) throw new Error(`node@${version} cannot be installed:\n${stderr}`);
  return path.join(place, 'node_modules/node/bin/node');
}
