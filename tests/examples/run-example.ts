import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'gluewright-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Why examples cannot run. Undefined: they can. Crawls and queries need DuckDB, and jobs Python. */
export function missing(): string | undefined {
  if (spawnSync('python3', ['--version']).status !== 0) return 'python3 is not installed';
  const duckdb = spawnSync(process.execPath, ['--eval', "await import('@duckdb/node-api')"]);
  return duckdb.status === 0 ? undefined : 'DuckDB does not load here';
}

export type Ran = {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  readonly report: string;
};

/** `npm run example -- ARGS`, in its own home. `report`: the content of the file in the last line. */
export function runExample(...args: string[]): Ran {
  const home = mkdtempSync(join(folder, 'home-'));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['examples/run.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, GLUEWRIGHT_HOME: home },
  });
  const [, file] = /^report: (.+)$/.exec(stdout.trimEnd().split('\n').at(-1) ?? '') ?? [];
  return { status, out: stdout, err: stderr, report: file === undefined ? '' : readFileSync(resolve(file), 'utf8') };
}

/** A user's data file. @returns its path */
export function temporaryFile(name: string): string {
  return join(mkdtempSync(join(folder, 'data-')), name);
}
