import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('without its libraries the command says what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gluewright-bin-'));
  mkdirSync(join(folder, 'cli'));
  copyFileSync('cli/gluewright.js', join(folder, 'cli/gluewright.js'));
  copyFileSync('package.json', join(folder, 'package.json'));
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'cli/gluewright.js')], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(stderr).toBe('gluewright: run npm ci first, then npx gluewright (it brings the libraries, and Node 24)\n');
  expect(status).toBe(2);
});
