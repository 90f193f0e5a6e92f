import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test.each([
  [
    'in a clone without its libraries',
    { source: true, installed: false },
    'run npm ci first, then npx gluewright (it brings the libraries, and Node 24)',
  ],
  [
    'in a clone on an older Node',
    { source: true, installed: true },
    'Node 20.1.0 is too old: Gluewright needs 22.18 or later. Use npx gluewright, which has Node 24',
  ],
  [
    'installed, on an older Node',
    { source: false, installed: false },
    'Node 20.1.0 is too old: Gluewright needs 22.18 or later. Use Node 24, from https://nodejs.org/en/download',
  ],
])('%s the command says what to do', (_, { source, installed }, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'gluewright-bin-'));
  mkdirSync(join(folder, 'cli'));
  copyFileSync('cli/gluewright.js', join(folder, 'cli/gluewright.js'));
  copyFileSync('package.json', join(folder, 'package.json'));
  if (source) writeFileSync(join(folder, 'cli/main.ts'), '');
  if (installed) mkdirSync(join(folder, 'node_modules/commander'), { recursive: true });
  const older = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.1.0' })`;
  const command = ['--import', older, join(folder, 'cli/gluewright.js')];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(stderr).toBe(`gluewright: ${message}\n`);
  expect(status).toBe(2);
});

test('compiled code is kept in the user’s cache folder', () => {
  const cache = mkdtempSync(join(tmpdir(), 'gluewright-bin-'));
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  const { stdout } = spawnSync(process.execPath, ['cli/gluewright.js', '--version'], { encoding: 'utf8', env });
  const kept = readdirSync(join(cache, 'gluewright/compiled'), { recursive: true });
  rmSync(cache, { recursive: true });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(kept.length).toBeGreaterThan(1);
});

test('a folder that cannot keep compiled code hinders no command', () => {
  const env = { ...process.env, XDG_CACHE_HOME: '/dev/null' };
  const command = spawnSync(process.execPath, ['cli/gluewright.js', '--version'], { encoding: 'utf8', env });
  expect(command).toMatchObject({ status: 0, stderr: '' });
});

test('a user without a home can run commands', () => {
  const unknown = `data:text/javascript,
    import os from 'node:os';
    import { syncBuiltinESMExports } from 'node:module';
    os.homedir = () => { throw new Error('no such user'); };
    syncBuiltinESMExports();`;
  const { HOME: _, XDG_CACHE_HOME: __, ...env } = process.env;
  const args = ['--import', unknown, 'cli/gluewright.js', '--version'];
  const command = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  expect(command).toMatchObject({ status: 0, stderr: '' });
});
