import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** What was typed up to the first finished run, with the seconds of each command. */
type Steps = { readonly tool: string; readonly steps: { readonly typed: string; readonly seconds: number }[] };
type Tool = (folder: string, python: string) => Promise<Steps>;

const tools: Readonly<Record<string, Tool>> = { gluewright, dagster, airflow, prefect };

/** Commands and seconds from nothing to the first finished run, compared with other orchestrators, one by one. */
export async function firstRun(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, python: { type: 'string', default: 'python3' } },
  });
  const measured: Steps[] = [];
  for (const [name, tool] of Object.entries(tools)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const folder = mkdtempSync(path.join(tmpdir(), `first-run-${name}-`));
    try {
      measured.push(await tool(folder, values.python));
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const last = measured.at(-1);
    if (values.json !== true && last !== undefined) print(last);
  }
  if (values.json === true) console.log(JSON.stringify(measured, null, 2));
}

function print({ tool, steps }: Steps): void {
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  console.log(`${tool}: ${steps.length} commands, ${seconds.toFixed(0)} s`);
  for (const step of steps) console.log(`  ${step.seconds.toFixed(1).padStart(6)} s  ${step.typed}`);
}

async function gluewright(folder: string): Promise<Steps> {
  const root = path.resolve(import.meta.dirname, '..');
  // once published, npx would install it, too
  run(root, {}, 'npm', 'pack', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '';
  const shop = path.join(folder, 'shop');
  mkdirSync(shop);
  writeFileSync(path.join(shop, 'package.json'), '{ "private": true, "type": "module" }');
  return {
    tool: 'gluewright',
    steps: [
      timed('npm install gluewright', () => run(shop, {}, 'npm', 'install', `../${tarball}`)),
      timed('npx gluewright init --yes', () => run(shop, {}, 'npx', 'gluewright', 'init', '--yes')),
    ],
  };
}

async function dagster(folder: string, python: string): Promise<Steps> {
  const { bin, install } = environment(folder, python, 'dagster', 'dagster-webserver');
  const home = path.join(folder, 'home');
  mkdirSync(home);
  const env = { DAGSTER_HOME: home };
  const scaffold = timed('dagster project scaffold --name shop', () =>
    run(folder, env, path.join(bin, 'dagster'), 'project', 'scaffold', '--name', 'shop'),
  );
  const shop = path.join(folder, 'shop');
  writeFileSync(path.join(shop, 'shop/assets.py'), 'import dagster as dg\n\n\n@dg.asset\ndef first():\n    return 1\n');
  const port = await freePort();
  const words = ['dev', '-m', 'shop.definitions', '-p', String(port)];
  const dev = await serving(
    'dagster dev',
    shop,
    env,
    `http://127.0.0.1:${port}/server_info`,
    path.join(bin, 'dagster'),
    words,
  );
  try {
    const materialize = timed('dagster asset materialize --select first', () =>
      run(shop, env, path.join(bin, 'dagster'), 'asset', 'materialize', '-m', 'shop.definitions', '--select', 'first'),
    );
    return { tool: 'dagster', steps: [install, scaffold, dev.step, materialize] };
  } finally {
    dev.stop();
  }
}

async function airflow(folder: string, python: string): Promise<Steps> {
  const { bin, install } = environment(folder, python, 'apache-airflow');
  const port = await freePort();
  const env = {
    AIRFLOW_HOME: path.join(folder, 'home'),
    AIRFLOW__API__PORT: String(port),
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `http://127.0.0.1:${port}/execution/`,
    PATH: [bin, process.env.PATH].join(path.delimiter),
  };
  const command = path.join(bin, 'airflow');
  const health = `http://127.0.0.1:${port}/api/v2/monitor/health`;
  const standalone = await serving('airflow standalone', folder, env, health, command, ['standalone']);
  const dag = 'tutorial_dag';
  try {
    const trigger = await timedAsync(`airflow dags trigger ${dag}, and waiting for its end`, async () => {
      await until(() => attempt(folder, env, command, 'dags', 'unpause', dag));
      run(folder, env, command, 'dags', 'trigger', dag);
      await until(() => output(folder, env, command, 'dags', 'list-runs', dag, '-o', 'json').includes('"success"'));
    });
    return { tool: 'airflow', steps: [install, standalone.step, trigger] };
  } finally {
    standalone.stop();
  }
}

async function prefect(folder: string, python: string): Promise<Steps> {
  const { bin, install } = environment(folder, python, 'prefect');
  const port = await freePort();
  const env = { PREFECT_HOME: path.join(folder, 'home'), PREFECT_API_URL: `http://127.0.0.1:${port}/api` };
  const words = ['server', 'start', '--port', String(port)];
  const url = `http://127.0.0.1:${port}/api/health`;
  const server = await serving('prefect server start', folder, env, url, path.join(bin, 'prefect'), words);
  writeFileSync(
    path.join(folder, 'first.py'),
    'from prefect import flow\n\n\n@flow\ndef first():\n    return 1\n\n\nfirst()\n',
  );
  try {
    const first = timed('python first.py', () => run(folder, env, path.join(bin, 'python'), 'first.py'));
    return { tool: 'prefect', steps: [install, server.step, first] };
  } finally {
    server.stop();
  }
}

function environment(folder: string, python: string, ...packages: string[]) {
  const venv = path.join(folder, 'venv');
  run(folder, {}, python, '-m', 'venv', venv);
  const bin = path.join(venv, 'bin');
  const install = timed(`pip install ${packages.join(' ')}`, () =>
    run(folder, {}, path.join(bin, 'pip'), 'install', '--quiet', ...packages),
  );
  return { bin, install };
}

type Variables = Readonly<Record<string, string>>;

function run(cwd: string, env: Variables, command: string, ...words: string[]): void {
  const { status, stderr, error } = spawnSync(command, words, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${error?.message ?? stderr.slice(-800)}`);
}

function attempt(cwd: string, env: Variables, command: string, ...words: string[]): boolean {
  return spawnSync(command, words, { cwd, env: { ...process.env, ...env } }).status === 0;
}

function output(cwd: string, env: Variables, command: string, ...words: string[]): string {
  return spawnSync(command, words, { cwd, env: { ...process.env, ...env }, encoding: 'utf8' }).stdout;
}

function timed(typed: string, act: () => void) {
  const from = performance.now();
  act();
  return { typed, seconds: (performance.now() - from) / 1_000 };
}

async function timedAsync(typed: string, act: () => Promise<void>) {
  const from = performance.now();
  await act();
  return { typed, seconds: (performance.now() - from) / 1_000 };
}

/** A server in a process group of its own, timed until it answers. */
async function serving(
  typed: string,
  cwd: string,
  env: Variables,
  url: string,
  command: string,
  words: readonly string[],
) {
  const child: ChildProcess = spawn(command, words, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: 'ignore',
  });
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  try {
    const step = await timedAsync(typed, () =>
      until(async () => (await fetch(url).catch(() => undefined))?.ok === true),
    );
    return { step, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

const mostMilliseconds = 900_000;

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const from = performance.now();
  while (!(await holds())) {
    if (performance.now() - from > mostMilliseconds) throw new Error('nothing happened within 15 minutes');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
