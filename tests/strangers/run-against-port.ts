import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { createEngine } from '../../local/engine/engine.ts';
import { createMemoryStore } from '../../local/engine/store/create-memory-store.ts';
import { createBus } from '../../local/events/bus.ts';
import { createMemoryFiles } from '../../local/s3/memory-files.ts';
import { createS3 } from '../../local/s3/s3.ts';
import { createWireServer } from '../../local/wire/wire-server.ts';
import type { Verdict } from './verdict.ts';

/** Runs a script against S3, Step Functions and EventBridge on a port. Its exit status counts the differences. */
export async function runAgainstPort(command: string, args: readonly string[]): Promise<Verdict> {
  const clock = createRealClock();
  const [account, region, uuid] = ['000000000000', 'us-east-1', randomUUID];
  const database = new DatabaseSync(':memory:');
  const bus = createBus({ database, clock, uuid, account, region });
  const s3 = createS3({ database, files: createMemoryFiles(() => clock.now()), clock, uuid, account, emit: bus.put });
  const tasks = { run: async () => ({}) };
  const store = createMemoryStore();
  const engine = createEngine({ store, clock, uuid, random: Math.random, region, account, tasks, onStatusChange() {} });
  const server = await createWireServer({ s3, json: { AWSStepFunctions: engine, AWSEvents: bus } }, { port: 0, uuid });
  const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_DEFAULT_REGION: region };
  const settings = { AWS_ENDPOINT_URL: server.url, AWS_DISABLE_HOST_PREFIX_INJECTION: 'true', AWS_PAGER: '' };
  const child = spawn(command, args, { env: { ...process.env, ...keys, ...settings }, stdio: 'inherit' });
  const differences = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
  await Promise.all([server.close(), engine.close(), bus.close()]);
  return { differences };
}
