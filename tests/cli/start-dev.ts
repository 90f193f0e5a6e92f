import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const started: ChildProcess[] = [];
afterAll(() => {
  for (const dev of started) dev.kill('SIGKILL');
});

/** Starts `gluewright dev` for a project, and waits until it is ready. It ends with the tests of the file. */
export async function startDev(root: string): Promise<ChildProcess> {
  const dev = spawn(process.execPath, [join(process.cwd(), 'cli/gluewright.js'), 'dev', '--port', '0', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.push(dev);
  const { promise, resolve } = Promise.withResolvers<void>();
  dev.stdout?.once('data', () => resolve());
  await promise;
  return dev;
}
