import { spawn } from 'node:child_process';

export type MotoServer = { readonly endpoint: string; stop(): void };

/** Starts moto on a free loopback port. Undefined: moto is not installed. */
export function startMotoServer(): Promise<MotoServer | undefined> {
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve) => {
    const read = (chunk: Buffer): void => {
      const endpoint = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(String(chunk))?.[1];
      if (endpoint !== undefined) resolve({ endpoint, stop: () => child.kill() });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', () => resolve(undefined));
    child.once('exit', () => resolve(undefined));
  });
}
