import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';

export type Ministack = {
  readonly endpoint: string;
  /** The environment for a process that must contact only this MiniStack. */
  readonly env: Readonly<Record<string, string>>;
  /** When the events of a job's runs come: at once, never, or this many seconds late. */
  tellEvents(job: string, when: 'prompt' | 'none' | number): Promise<void>;
  /** A denied call: the action, the resource, the role. */
  denials(): Promise<readonly string[]>;
  stop(): Promise<void>;
};

const root = path.resolve(import.meta.dirname, '../..');
const python = process.env.MINISTACK_PYTHON ?? path.join(root, '.venv-ministack/bin/python');

/** Why a test is skipped. Undefined: MiniStack is installed. */
export function whyNoMinistack(): string | undefined {
  const found = spawnSync(python, ['-c', 'import boto3, ministack']);
  return found.status === 0 ? undefined : 'no MiniStack in .venv-ministack: npm run install:ministack';
}

/** MiniStack on two free loopback ports. It always ends with this process. */
export async function startMinistack(): Promise<Ministack> {
  const [port = 0, apiPort = 0] = await freePorts(2);
  const child = spawn(
    python,
    [path.join(import.meta.dirname, 'run-ministack.py'), String(port), String(apiPort)],
    // its functions run on the project's Node
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`,
        // Jobs can import the package, as on Glue.
        PYTHONPATH: path.join(root, 'python'),
      },
    },
  );
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(String(chunk)));
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, child, said);
  const lines = createInterface({ input: child.stdout });
  const say = async (words: string): Promise<string> => {
    const answer = once(lines, 'line');
    child.stdin.write(`${words}\n`);
    return String((await answer)[0]);
  };
  return {
    endpoint,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    async tellEvents(job, when) {
      await say(`events ${job} ${when}`);
    },
    denials: async () => z.array(z.string()).parse(JSON.parse(await say('denials'))),
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

async function answering(endpoint: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    await setTimeout(100);
  }
  throw new Error(`MiniStack did not come up: ${said.join('')}`);
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server, 'listening');
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
