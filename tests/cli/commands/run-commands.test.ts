import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createProject, gluewright } from '../project-folder.ts';
import { startDev } from '../start-dev.ts';

const files = {
  'statemachines/small.yml': `pipeline: small
params:
  fault: { type: string, default: none }
  day: { type: date, default: "2026-01-01" }
triggers:
  arrival: { s3: { bucket: landing, key: "{day}/_SUCCESS" } }
tasks:
  extract: { glue-job: extract, args: { fault: "{% $params.fault %}" } }
  load: { glue-job: load, after: extract, args: { rows: "{% $tasks.extract.output.rows %}" } }
  clean: { glue-job: load, after: load, when: all_done, args: { rows: 0 } }
`,
  'statemachines/stranger.yml': 'pipeline: stranger\ntasks: { load: { glue-job: unheard-of } }\n',
  'statemachines/long.yml': `pipeline: long
runs: { max: 1, overlap: skip }
tasks:
  nap: { glue-job: nap }
  after: { glue-job: nap, after: nap }
`,
  'jobs/jobs.yml': `jobs:
  extract: { script: jobs/extract.sh, type: pythonshell, local: { command: [sh], paths: true } }
  load: { script: jobs/load.sh, type: pythonshell, local: { command: [sh], paths: true } }
  nap: { script: jobs/nap.sh, type: pythonshell, local: { command: [sh], paths: true } }
`,
  'jobs/extract.sh': `
while [ $# -gt 0 ]; do
  case "$1" in --fault) fault=$2 ;; --gluewright_output) output=$2 ;; esac
  shift 2
done
if [ -e "$fault" ]; then echo "the source is away" >&2; exit 3; fi
echo "extracted"
echo '{"rows": 7}' > "$output"
`,
  'jobs/load.sh': 'while [ $# -gt 0 ]; do [ "$1" = --rows ] && echo "loaded $2 rows"; shift 2; done\n',
  'jobs/nap.sh': 'exec sleep 300\n',
};

type Shown = {
  id: string;
  status: string;
  tasks: { name: string; state: string; kept: boolean; attempts: unknown[] }[];
};

async function json(cwd: string, ...args: string[]): Promise<Shown> {
  const { out, err } = await gluewright(cwd, ...args, '--json');
  expect(err).toBe('');
  return JSON.parse(out);
}

const states = (run: Shown) => run.tasks.map(({ name, state, kept }) => [name, kept ? `kept ${state}` : state]);

describe('without a running dev', () => {
  test('a run is shown until its end, and then by runs, show and logs', async () => {
    const root = createProject(files);
    const done = await gluewright(root, 'run', 'small', '--param', 'day=2026-02-28');
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toMatch(/^small-cli-\S+ {2}(PENDING|RUNNING)/);
    expect(done.out).toMatch(/^load {2}✔ succeeded {2}\d/m);
    expect(done.out).toMatch(/\nsmall-cli-\S+ {2}SUCCEEDED {2}\d\S+\n$/);

    expect((await gluewright(root, 'runs')).out).toMatch(
      /^RUN +PIPELINE +STATUS +STARTED +TIME\nsmall-cli-\S+ +small +SUCCEEDED/,
    );
    const shown = (await gluewright(root, 'show', 'latest')).out;
    expect(shown).toMatch(/params +fault=none {2}day=2026-02-28/);
    expect(shown).toMatch(/● {2}extract +✔ succeeded +\+\d\S+ +\d\S+ +1 +jr_/);
    expect((await gluewright(root, 'logs', 'latest', 'load')).out).toBe('loaded 7 rows\n');
    expect(await gluewright(root, 'rerun', 'latest', '--failed')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/nothing to run again: small-cli-\S+ SUCCEEDED; use --from TASK or --all/),
    });
    expect((await gluewright(root, 'show', 'latest', '--history')).out).toMatch(/ExecutionSucceeded\s*$/);
  });

  test('a failure is told with what the job said last, and the rerun keeps what is done', async () => {
    const root = createProject({ ...files, away: '' });
    const failed = await gluewright(root, 'run', 'small', '--param', `fault=${join(root, 'away')}`);
    expect(failed.code).toBe(1);
    expect(failed.out).toContain('extract failed: Glue.JobFailed\n    the source is away\n');
    expect(failed.out).toContain('the run ended with status FAILED: extract did not succeed\n');
    const [, id = ''] = /npx gluewright rerun (\S+) --failed/.exec(failed.out) ?? [];
    expect(states(await json(root, 'show', id))).toEqual([
      ['extract', 'failed'],
      ['load', 'upstream_failed'],
      ['clean', 'succeeded'],
    ]);

    const skipped = await json(root, 'rerun', id, '--skip', 'extract', 'load');
    expect(skipped.id).toBe(`${id}-r2`);
    const marked = await json(root, 'rerun', id, '--only', 'clean', '--succeeded', 'extract');
    expect(states(marked)).toEqual([
      ['extract', 'kept succeeded'],
      ['load', 'kept upstream_failed'],
      ['clean', 'succeeded'],
    ]);
    expect((await gluewright(root, 'rerun', id, '--from', 'a', '--failed')).code).toBe(2);
    expect((await gluewright(root, 'rerun', id)).err).toContain('give the tasks to run');
    expect(await gluewright(root, 'rerun', id, '--from', 'extrac')).toMatchObject({
      code: 2,
      err: expect.stringContaining('small has no task extrac'),
    });
  });

  test.each([
    [['run', 'small', '--param', 'day=2026-02-30'], 2, /`day` should be a date/],
    [['run', 'small', '--param', 'days=1'], 2, /no parameter `days`/],
    [['run', 'small', '--param', 'day'], 2, /--param takes NAME=VALUE, not day/],
    [['run', 'small', '--param', 'day=a', '--param', 'day=b'], 2, /--param day is given twice/],
    [['runs', 'smal'], 3, /no pipeline smal; did you mean small\?/],
    [['logs', 'latest', 'load', '--attempt', 'x'], 2, /--attempt takes a whole number/],
    [['run', 'small', '--detach'], 4, /--detach needs a running npx gluewright dev/],
    [['show', 'none'], 3, /nothing has run yet/],
    [['runs', '--limit', '0'], 2, /--limit takes a whole number/],
    [['dev', '--port', 'x'], 2, /--port takes a number/],
  ])('%j is refused', async (args, code, message) => {
    const done = await gluewright(createProject(files), ...args);
    expect(done.code).toBe(code);
    expect(done.err).toMatch(message);
  });

  test('a job that is not in jobs.yml is told to be missing there', async () => {
    const { code, out } = await gluewright(createProject(files), 'run', 'stranger');
    expect(code).toBe(1);
    expect(out).toMatch(/load failed: Gluewright\.StartRefused\n.*unheard-of not found: .*jobs\/jobs\.yml/);
  });

  test('runs, tasks and attempts that are not there are said to be so', async () => {
    const root = createProject(files);
    await gluewright(root, 'run', 'small');
    for (const [args, message] of [
      [['show', 'none'], /there is no run none/],
      [['stop', 'none'], /there is no run none/],
      [['logs', 'latest', 'none'], /has no task none; it has extract, load, clean/],
      [['logs', 'latest', 'load', '--attempt', '2'], /has started no job in attempt 2/],
    ] as const) {
      const done = await gluewright(root, ...args);
      expect(done.code).toBe(3);
      expect(done.err).toMatch(message);
    }
  });
});

describe('with a running dev', () => {
  const started: ChildProcess[] = [];
  afterAll(() => {
    for (const dev of started) dev.kill('SIGKILL');
  });

  test('dev ends when the npx that started it was killed', async () => {
    const root = createProject(files);
    const command = `"${process.execPath}" "${join(process.cwd(), 'cli/gluewright.js')}" dev --port 0 & wait`;
    const npx = spawn('sh', ['-c', command], { cwd: root, env: { ...process.env, npm_command: 'exec' } });
    started.push(npx);
    await new Promise((resolve) => npx.stdout.once('data', resolve));
    const ended = new Promise((resolve) => npx.stdout.once('close', resolve));
    expect(existsSync(join(root, '.gluewright/dev.json'))).toBe(true);
    npx.kill('SIGKILL');
    npx.stdout.resume();
    await ended;
    expect(existsSync(join(root, '.gluewright/dev.json'))).toBe(false);
    expect(existsSync(join(root, '.gluewright/lock'))).toBe(false);
  });

  test('runs are started, detached, stopped and triggered, and dev ends when it is told to', async () => {
    const root = createProject(files);
    const dev = await startDev(root);

    expect(states(await json(root, 'run', 'small'))).toContainEqual(['clean', 'succeeded']);
    const { out } = await gluewright(root, 'run', 'long', '--detach', '--json');
    const { run }: { run: string } = JSON.parse(out);
    expect(await gluewright(root, 'run', 'long')).toMatchObject({
      code: 1,
      out: expect.stringContaining(`\nskipped: ${run} is live (overlap: skip)\n`),
    });
    expect(await gluewright(root, 'run', 'long', '--detach')).toMatchObject({
      code: 1,
      err: expect.stringContaining(`is SKIPPED: ${run} is live (overlap: skip)`),
    });
    expect((await gluewright(root, 'show', run, '--history')).out).toMatch(/ TaskScheduled .*\n.* TaskStarted\s*\n/);
    expect((await gluewright(root, 'runs', '--limit', '1')).out).toMatch(/SKIPPED +never\n/);
    writeFileSync(join(root, 'jobs/jobs.yml'), 'jobs: { nap: { script: 7 } }\n');
    expect(await gluewright(root, 'pause', 'small')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/skipping .*jobs\.yml/),
    });
    expect((await gluewright(root, 'resume', 'small')).code).toBe(0);
    expect(await gluewright(root, 'stop', run)).toMatchObject({ code: 0 });
    writeFileSync(join(root, 'jobs/jobs.yml'), files['jobs/jobs.yml']);
    expect((await gluewright(root, 'stop', run)).out).toBe(`${run} has already ended with status ABORTED\n`);
    const stopped = await json(root, 'show', run);
    expect(stopped.status).toBe('ABORTED');
    expect(states(stopped)).toEqual([
      ['nap', 'stopped'],
      ['after', 'not_run'],
    ]);

    const triggered = new Promise<string>((resolve) => {
      dev.stdout?.on('data', (chunk) => {
        for (const line of String(chunk).split('\n')) if (/small-arrival.*SUCCEEDED/.test(line)) resolve(line);
      });
    });
    mkdirSync(join(root, '.gluewright/s3/landing/2026-03-01'), { recursive: true });
    writeFileSync(join(root, '.gluewright/s3/landing/2026-03-01/_SUCCESS'), '');
    expect(JSON.parse(await triggered)).toMatchObject({ pipeline: 'small', status: 'SUCCEEDED' });

    const write = (name: string, text: string) => writeFileSync(join(root, 'statemachines', name), text);
    write('small.yml', files['statemachines/small.yml'].replace('  clean:', '  added: { glue-job: load }\n  clean:'));
    write('new.yml', 'pipeline: new\ntasks: { load: { glue-job: load } }\n');
    expect(states(await json(root, 'run', 'small'))).toContainEqual(['added', 'succeeded']);
    expect((await json(root, 'run', 'new')).status).toBe('SUCCEEDED');

    const problems = new Promise<void>((resolve) => {
      dev.stdout?.on('data', (chunk) => /"problems":\[\{"file"/.test(String(chunk)) && resolve());
    });
    write('new.yml', 'pipeline: new\ntasks: { load: { glue-job: load, after: nothing } }\n');
    await problems;
    expect(await gluewright(root, 'run', 'small')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/skipping .*new\.yml/),
    });

    expect(await gluewright(root, 'dev', '--port', '0')).toMatchObject({
      code: 4,
      err: expect.stringMatching(/npx gluewright dev has .* open already, as the process \d+ .*, on port \d+/),
    });
    const ended = new Promise((resolve) => dev.once('exit', resolve));
    dev.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(join(root, '.gluewright/dev.json'))).toBe(false);
  });
});
