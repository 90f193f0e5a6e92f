import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { expectedReport } from '../jobs/expected-report.ts';

const noPython = spawnSync('python3', ['--version']).status !== 0;
const home = mkdtempSync(join(tmpdir(), 'gluewright-demo-'));
afterAll(() => rmSync(home, { recursive: true }));

function node(...args: string[]): { status: number | null; lines: string[]; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 50_000,
    env: { ...process.env, GLUEWRIGHT_HOME: home, FORCE_COLOR: undefined },
  });
  return { status, lines: stdout.trimEnd().split('\n'), stdout, stderr };
}

describe('the demo', () => {
  test('ends with the report, which is right', (c) => {
    if (noPython) c.skip('python3 is not installed');
    const { status, lines, stdout, stderr } = node('cli/demo.ts');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Louisiana +67,181 +618 +499,677 +919\.90 +132\.00/);
    const [, path = ''] = /^report: (.*)$/.exec(lines.at(-1) ?? '') ?? [];
    expect(readFileSync(path, 'utf8')).toBe(expectedReport());
  });

  test('with one job that fails the others finish, and the printed rerun runs no good extract again', (c) => {
    if (noPython) c.skip('python3 is not installed');
    const failed = node('cli/demo.ts', '--fail', 'strikes');
    expect(failed.status).toBe(1);
    for (const line of [
      /^airports {2}✔ succeeded/m,
      /^flights {2}✔ succeeded/m,
      /^population {2}✔ succeeded/m,
      /^strikes {2}✖ failed/m,
      /^report {2}↯ upstream failed/m,
      /^the run ended with status FAILED: strikes did not succeed$/m,
      /FileNotFoundError: the database .*strikes\.sqlite does not exist/,
    ]) {
      expect(failed.stdout).toMatch(line);
    }
    expect(failed.stdout).not.toMatch(/^report: /m);

    const [, command = ''] = /npx gluewright (rerun \S+ --failed)/.exec(failed.stdout) ?? [];
    const rerun = node('cli/gluewright.js', ...command.split(' '), '--json');
    expect(rerun.stderr).toBe('');
    expect(rerun.status).toBe(0);
    const run: { status: string; tasks: { name: string; state: string; attempts: unknown[] }[] } = JSON.parse(
      rerun.stdout,
    );
    expect(run.status).toBe('SUCCEEDED');
    expect(run.tasks.map(({ name, state, attempts }) => [name, state, attempts.length])).toEqual([
      ['airports', 'succeeded', 0],
      ['flights', 'succeeded', 0],
      ['strikes', 'succeeded', 1],
      ['population', 'succeeded', 0],
      ['report', 'succeeded', 1],
    ]);
    const day = new Date().toISOString().slice(0, 10);
    expect(readFileSync(join(home, 's3/lake/airport-safety', day, 'report.csv'), 'utf8')).toBe(expectedReport());
  });

  test('knows only the extracts as what may fail', () => {
    expect(node('cli/demo.ts', '--fail', 'nothing')).toMatchObject({ status: 2, stdout: '' });
  });
});
