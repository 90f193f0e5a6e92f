import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';

/** How to reach a running `gluewright dev`: `HOME/dev.json`. */
const devFile = z.object({
  port: z.number(),
  /** Port of the API and the page. */
  apiPort: z.number(),
  pid: z.number(),
  /** What it has deployed: `deployedDigests`. */
  deployed: z.record(z.string(), z.string()),
});
export type DevFile = z.output<typeof devFile>;

const patienceMilliseconds = 1_000;
const deployPatience = { looks: 50, milliseconds: 100 };

export function writeDevFile(home: string, dev: DevFile): void {
  const path = join(home, 'dev.json');
  writeFileSync(`${path}.part`, `${JSON.stringify(dev)}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

export function removeDevFile(home: string): void {
  rmSync(join(home, 'dev.json'), { force: true });
}

/** Undefined: no `dev` runs here. A killed one may have left its file. */
export async function findDev(home: string): Promise<DevFile | undefined> {
  const dev = readDevFile(join(home, 'dev.json'));
  return dev !== undefined && isAlive(dev.pid) && (await answers(dev.port)) ? dev : undefined;
}

/** Whether `dev` has deployed that definition. Waits a while for files that were just written. */
export async function hasDeployed(home: string, name: string, digest: string): Promise<boolean> {
  for (let look = 0; look < deployPatience.looks; look += 1) {
    if (readDevFile(join(home, 'dev.json'))?.deployed[name] === digest) return true;
    await setTimeout(deployPatience.milliseconds);
  }
  return false;
}

function readDevFile(path: string): DevFile | undefined {
  try {
    return devFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: '127.0.0.1', port, timeout: patienceMilliseconds });
  const end = (answer: boolean) => (): void => {
    socket.destroy();
    resolve(answer);
  };
  socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false));
  return promise;
}
