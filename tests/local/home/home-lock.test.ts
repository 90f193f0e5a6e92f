import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HomeInUse, lockHome } from '../../../local/home/home-lock.ts';
import { UnusableHome } from '../../../local/storage/unusable-home.ts';

const starter = path.join(import.meta.dirname, 'home-starter.ts');

async function start(): Promise<ChildProcess> {
  const child = fork(starter, { execArgv: ['--expose-gc'] });
  await once(child, 'message');
  return child;
}

/** Whether that process obtains the home. */
async function tell(child: ChildProcess, home: string, at = 0): Promise<boolean> {
  const answer = once(child, 'message');
  child.send({ home, at });
  const [{ has }] = await answer;
  return has;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** The file that a killed process leaves behind. */
function leaveStale(home: string): void {
  writeFileSync(path.join(home, 'lock'), '999999999\n1\n');
}

describe('the lock of a home', () => {
  let folder = '';
  let children: ChildProcess[] = [];
  beforeAll(async () => {
    children = await Promise.all([start(), start(), start()]);
  });
  afterAll(async () => {
    await Promise.all(children.map((child) => kill(child)));
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gluewright-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is held by one of three processes that take over a home at the same moment', async () => {
    for (let round = 0; round < 25; round++) {
      const home = path.join(folder, String(round));
      mkdirSync(home);
      leaveStale(home);
      const at = Date.now() + 4;
      const got = await Promise.all(children.map((child) => tell(child, home, at)));
      expect(got.filter((has) => has)).toHaveLength(1);
    }
  });

  test('is held until its owner is killed, even with kill -9', async () => {
    const owner = await start();
    expect(await tell(owner, folder)).toBe(true);
    const inUse = new RegExp(`in use by the process ${owner.pid} \\(since \\d{4}-.*Z\\)\\. Stop it, or choose another`);
    expect(() => lockHome(folder)).toThrow(inUse);
    expect(() => lockHome(folder)).toThrow(HomeInUse);
    await kill(owner);
    expect(readdirSync(folder).sort()).toEqual(['lock', 'lock.db']);
    expect(statSync(path.join(folder, 'lock.db')).size).toBe(0);
    lockHome(folder)();
    expect(existsSync(path.join(folder, 'lock'))).toBe(false);
  });

  test('is neither shared nor released by child processes, workers or another attempt', async () => {
    const unlock = lockHome(folder);
    const child = await start();
    expect(await tell(child, folder)).toBe(false);
    await kill(child);
    const lock = new URL('../../../local/home/home-lock.ts', import.meta.url).href;
    const text = `import(${JSON.stringify(lock)}).then(({ lockHome }) => lockHome(${JSON.stringify(folder)}))`;
    const [error] = await once(new Worker(text, { eval: true }), 'error');
    expect(error).toMatchObject({ name: 'HomeInUse' });
    expect(() => lockHome(folder)).toThrow(HomeInUse);
    expect(await tell(children[0] ?? child, folder)).toBe(false);
    unlock();
    expect(await tell(children[0] ?? child, folder)).toBe(true);
  });

  test('has no name while its owner has not written one', async () => {
    const [owner] = children;
    expect(owner && (await tell(owner, folder))).toBe(true);
    leaveStale(folder);
    expect(() => lockHome(folder)).toThrow(
      `${folder} is in use by another process. Stop it, or choose another folder.`,
    );
  });

  test('requires an existing folder', () => {
    expect(() => lockHome(path.join(folder, 'none'))).toThrow(UnusableHome);
  });
});
