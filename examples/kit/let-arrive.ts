import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type ArrivalOptions = {
  /** The path of the command line, `cli/main.ts`. */
  readonly cli: string;
  /** The project's folder. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** How many runs to wait for. */
  readonly runs: number;
  arrive(dev: Dev): Promise<void>;
};

/** The first line of `dev --json`: where its API is. */
export type Dev = { readonly api: string; readonly token: string };

const patienceMilliseconds = 180_000;
const over = new Set(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'SKIPPED']);

/**
 * Runs `gluewright dev`, lets the data arrive, and waits for this many runs.
 *
 * @returns the problem. Undefined: all runs succeeded
 */
export async function letArrive({ cli, root, env, runs, arrive }: ArrivalOptions): Promise<string | undefined> {
  const dev = spawn(process.execPath, [cli, 'dev', '--json', '--port', '0', '--api-port', '0'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => dev.once('close', resolve));
  const patience = setTimeout(() => dev.kill('SIGTERM'), patienceMilliseconds);
  const statuses = new Map<string, string>();
  let arriving: Promise<void> | undefined;
  for await (const line of createInterface({ input: dev.stdout })) {
    const { run, status, ...first }: { run?: string; status?: string } & Dev = JSON.parse(line);
    // the first line means that it listens
    arriving ??= arrive(first);
    if (run === undefined || status === undefined) continue;
    process.stdout.write(`${run}  ${status}\n`);
    if (over.has(status)) statuses.set(run, status);
    if (statuses.size === runs) dev.kill('SIGTERM');
  }
  clearTimeout(patience);
  await Promise.all([arriving, ended]);
  const failed = [...statuses].filter(([, status]) => status !== 'SUCCEEDED').map(([run]) => run);
  if (failed.length > 0) return `these runs did not succeed: ${failed.join(', ')}`;
  return statuses.size < runs ? `only ${statuses.size} of ${runs} runs have ended` : undefined;
}
