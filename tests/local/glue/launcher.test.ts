import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLauncher, type Launcher } from '../../../local/glue/processes/launcher.ts';
import { createRunFolder, type RunFolder, readExitCode, runFolder } from '../../../local/glue/processes/run-folder.ts';

let home: string;
let launcher: Launcher;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(tmpdir(), 'launcher-'));
  launcher = createLauncher();
});
afterEach(() => {
  launcher.close();
  fs.rmSync(home, { recursive: true });
});

let launches = 0;

/** Launches a shell script. `started` resolves to its output once it has printed a line. */
function launched(script: string, env: Readonly<Record<string, string>> = {}) {
  const folder = nextFolder();
  createRunFolder(folder);
  return { ...launchedIn(folder, script, env), ...outputOf(folder) };
}

function nextFolder(): RunFolder {
  launches += 1;
  return runFolder(home, `jr_${launches}`);
}

function launchedIn(folder: RunFolder, script: string, env: Readonly<Record<string, string>> = {}) {
  const end = Promise.withResolvers<string>();
  const options = { cwd: home, env: { PATH: process.env.PATH, ...env } };
  launcher.launch(['sh', '-c', script], folder, options, {
    failed: (message) => end.resolve(`failed: ${message}`),
    exited: () => end.resolve(`exited ${readExitCode(folder)}`),
    lost: () => end.resolve('lost'),
  });
  return { end: end.promise };
}

function outputOf(folder: RunFolder) {
  const output = () => (fs.existsSync(folder.output) ? fs.readFileSync(folder.output, 'utf8') : '');
  const started = vi.waitUntil(() => output().split('\n')[1] !== undefined && output(), { timeout: 20_000 });
  return { output, started };
}

/** A shell script that prints the id of the process that launched it. */
const parent = 'sed -n "s/^PPid:\\t//p" /proc/$PPID/status';
const isLinux = process.platform === 'linux';

/**
 * Launches jobs until the helper starts one.
 *
 * @returns the helper's process id
 */
async function helper(): Promise<number> {
  return vi.waitUntil(
    async () => {
      const { end, output } = launched(parent);
      await end;
      return Number(output()) !== process.pid && Number(output());
    },
    { timeout: 20_000 },
  );
}

test('a job without a log folder is reported, with and without a helper', async () => {
  expect(await launchedIn(nextFolder(), 'true').end).toMatch(/^failed: ENOENT.*output\.log/);
  if (isLinux) await helper();
  expect(await launchedIn(nextFolder(), 'true').end).toMatch(/^failed: ENOENT.*output\.log/);
});

test.runIf(isLinux)('the launcher starts the first job itself, and a single helper starts later ones', async () => {
  const first = launched(parent);
  await first.end;
  expect(Number(first.output())).toBe(process.pid);
  const pid = await helper();
  const later = launched(`${parent}; echo "$GREETING"; exit 3`, { GREETING: "it's\na day" });
  expect(await later.end).toBe('exited 3');
  expect(later.output()).toBe(`${pid}\nit's\na day\n`);
});

test.runIf(isLinux)('a killed helper loses its jobs, and the launcher starts later ones itself', async () => {
  const pid = await helper();
  const running = launched('echo started; while [ ! -e go ]; do sleep 0.02; done');
  await running.started;
  process.kill(pid, 'SIGKILL');
  expect(await running.end).toBe('lost');
  fs.writeFileSync(path.join(home, 'go'), '');
  const later = launched(parent);
  expect(await later.end).toBe('exited 0');
  expect(Number(later.output())).toBe(process.pid);
});

test.runIf(isLinux)('a helper exits with its runtime, and the jobs keep running', async () => {
  const pid = await helper();
  const running = launched('echo started; while [ ! -e go ]; do sleep 0.02; done; echo done');
  await running.started;
  launcher.close();
  await vi.waitUntil(() => !fs.existsSync(`/proc/${pid}`) || isZombie(pid), { timeout: 20_000 });
  fs.writeFileSync(path.join(home, 'go'), '');
  await vi.waitUntil(() => running.output() === 'started\ndone\n', { timeout: 20_000 });
});

function isZombie(pid: number): boolean {
  return fs.readFileSync(`/proc/${pid}/status`, 'utf8').includes('State:\tZ');
}
