import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import type { JobRunner, RunnableJobRun, RunnerReport } from '../../../local/glue/job-runner.ts';
import { createProcessRunner } from '../../../local/glue/processes/process-runner.ts';
import { runFolder } from '../../../local/glue/processes/run-folder.ts';

let home: string;
let runner: JobRunner;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(tmpdir(), 'processes-'));
  runner = open();
});
afterEach(() => {
  runner.close();
  fs.rmSync(home, { recursive: true });
});

function open(clock = createRealClock()): JobRunner {
  return createProcessRunner({
    home,
    root: home,
    buckets: path.join(home, 's3'),
    clock,
    env: { PATH: process.env.PATH, GREETING: 'hello' },
    endpoint: () => ({ url: 'http://127.0.0.1:9', key: 'LOCAL' }),
  });
}

function job(script: string, args: Record<string, string> = {}, command = ['sh']): RunnableJobRun {
  fs.writeFileSync(path.join(home, 'job.sh'), script);
  return {
    id: 'jr_1',
    job: {
      name: 'etl',
      type: 'pythonshell',
      script: 'job.sh',
      args: {},
      maxConcurrentRuns: 1,
      local: { command, paths: true },
    },
    arguments: args,
    ordinal: 1,
    launchedOn: 0,
  };
}

/** Runs it, records each report, and resolves with the last one. */
function ended(on: JobRunner, run: RunnableJobRun, told: (report: RunnerReport) => void = () => {}) {
  return new Promise<RunnerReport>((resolve) => {
    on.run(run, (report) => {
      told(report);
      if (report.is === 'ended') resolve(report);
    });
  });
}

function appears(name: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!fs.existsSync(path.join(home, name))) return;
      watcher.close();
      resolve();
    };
    const watcher = fs.watch(home, look);
    look();
  });
}

const output = () => fs.readFileSync(runFolder(home, 'jr_1').output, 'utf8');

describe('a job as a process', () => {
  test('gets Glue’s arguments, with objects of S3 as files of the local buckets', async () => {
    const args = {
      '--day': '2026-11-22',
      '--in': 's3://lake/a b/x.csv',
      '--all': 's3://lake/',
      '--odd': 's3://lake/../x',
    };
    const report = await ended(runner, job('printf "%s\\n" "$@"; echo $GREETING; pwd', args));
    expect(report).toEqual({ is: 'ended', state: 'SUCCEEDED' });
    const lake = path.join(home, 's3/lake');
    expect(output().trimEnd().split('\n')).toEqual([
      ...['--JOB_NAME', 'etl', '--JOB_RUN_ID', 'jr_1'],
      ...['--day', '2026-11-22', '--in', `${lake}/a b/x.csv`, '--all', `${lake}/`, '--odd', 's3://lake/../x'],
      'hello',
      fs.realpathSync(home),
    ]);
  });

  test('can write to its output address without creating folders', async () => {
    const report = await ended(runner, job('echo {} > "$6"', { '--out': 's3://outputs/run/task-1.json' }));
    expect(report).toMatchObject({ state: 'SUCCEEDED' });
    expect(fs.readFileSync(path.join(home, 's3/outputs/run/task-1.json'), 'utf8')).toBe('{}\n');
  });

  test('runs on python3 by default', async () => {
    const { local: _, ...plain } = job('import sys; print(sys.argv[1:3])').job;
    expect(await ended(runner, { ...job('import sys; print(sys.argv[1:3])'), job: plain })).toMatchObject({
      state: 'SUCCEEDED',
    });
    expect(output()).toBe("['--JOB_NAME', 'etl']\n");
  });

  test('reports its last lines when it fails', async () => {
    const report = await ended(runner, job('for i in $(seq 100); do echo line $i >&2; done; exit 3'));
    const lines = Array.from({ length: 20 }, (_, n) => `line ${n + 81}`);
    expect(report).toEqual({ is: 'ended', state: 'FAILED', errorMessage: lines.join('\n') });
  });

  const failures: [string, RunnableJobRun['job']['local'] & object, string, RegExp][] = [
    ['without output', { command: ['sh'] }, 'exit 3', /exit code 3/],
    ['by a signal', { command: ['sh'] }, 'kill -9 $$', /Killed|exit code 137/],
    ['with its shell', { command: ['sh'] }, 'kill -9 0', /killed from outside/],
    ['because of a missing command', { command: ['no-such-command'] }, '', /not found/],
  ];
  test.each(failures)('can fail %s', async (_name, { command }, script, message) => {
    const report = await ended(runner, job(script, {}, [...(command ?? [])]));
    expect(report).toMatchObject({ state: 'FAILED', errorMessage: expect.stringMatching(message) });
  });

  test('fails with a clear message if it has neither script nor command', async () => {
    const bare = { name: 'there', type: 'glueetl', args: {}, maxConcurrentRuns: 1 } as const;
    const report = await ended(runner, { ...job(''), job: bare });
    expect(report).toMatchObject({ state: 'FAILED', errorMessage: expect.stringContaining('neither a script') });
  });

  test('is stopped together with its child processes', async () => {
    let stop = () => {};
    const run = job('sleep 1000 & echo $! > child; wait');
    const report = ended(runner, run, () => stop());
    stop = () => runner.stop('jr_1');
    runner.stop('jr_1');
    expect(await report).toMatchObject({ state: 'FAILED' });
    expect(fs.existsSync(path.join(runFolder(home, 'jr_1').folder, 'end'))).toBe(true);
  });
});

describe('a job that outlives the runtime', () => {
  test.each(['while it runs', 'when it has ended'])('is found again %s, and never runs twice', async (when) => {
    const run = job('echo started >> runs; while [ ! -e go ]; do sleep 0.02; done; echo done');
    const release = () => fs.writeFileSync(path.join(home, 'go'), '');
    if (when === 'when it has ended') {
      const first = ended(runner, run);
      release();
      await first;
    } else {
      runner.run(run, () => {});
      await appears('runs');
    }
    runner.close();
    const note = path.join(runFolder(home, 'jr_1').folder, 'end');
    if (when === 'when it has ended') fs.utimesSync(note, 1_000, 1_000);

    runner = open();
    const again = ended(runner, run);
    if (when === 'while it runs') release();
    const at = when === 'when it has ended' ? 1_000_000 : expect.any(Number);
    expect(await again).toEqual({ is: 'ended', state: 'SUCCEEDED', at });
    expect(fs.readFileSync(path.join(home, 'runs'), 'utf8')).toBe('started\n');
    expect(output()).toBe('done\n');
  });

  test.each(['TERM', 'nothing'])(
    'is stopped though it ignores TERM, if %s was asked of an earlier one',
    async (first) => {
      const run = job("trap '' TERM; echo started > started; while :; do sleep 0.05; done");
      runner.run(run, () => {});
      await appears('started');
      if (first === 'TERM') runner.stop('jr_1');
      runner.close();

      const clock = createRealClock();
      runner = open({ ...clock, at: (time, action) => clock.at(Math.min(time, clock.now() + 50), action) });
      const again = ended(runner, run);
      runner.stop('jr_1');
      expect(await again).toMatchObject({
        state: 'FAILED',
        errorMessage: expect.stringContaining('killed from outside'),
      });
    },
  );

  test('fails if it was killed meanwhile', async () => {
    const run = job('');
    const { folder } = runFolder(home, 'jr_1');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'process'), `${process.pid}\n1 (x) S 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1\n`);
    expect(await ended(runner, run)).toMatchObject({
      state: 'FAILED',
      errorMessage: expect.stringContaining('killed from outside'),
    });
  });
});
