import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import type { TestProject } from './test-project.ts';

const root = path.resolve(import.meta.dirname, '../..');
const greeting = z.object({ api: z.string(), token: z.string(), home: z.string() });

export type LocalDev = {
  ask(path: string, body: object, key: string): Promise<void>;
  put(bucket: string, key: string): void;
  stop(): Promise<void>;
};

/** `gluewright dev` of this project, on free ports. */
export async function startDev({ folder }: TestProject): Promise<LocalDev> {
  const bin = path.join(root, 'cli/gluewright.js');
  const words = [bin, 'dev', '--json', '--port', '0', '--api-port', '0'];
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, words, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH, HOME },
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { api, token, home } = greeting.parse(JSON.parse(line));
  return {
    async ask(address, body, key) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key };
      const answer = await fetch(new URL(address, api), { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
    },
    put(bucket, key) {
      const file = path.join(home, 's3', bucket, key);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, '');
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    },
  };
}
