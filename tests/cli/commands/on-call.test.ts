import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { summaryOf } from '../../../shared/notices/message.ts';
import { createProject, gluewright } from '../project-folder.ts';
import { createTestTerminal } from '../test-terminal.ts';

const files = {
  'statemachines/orders.yml': `pipeline: orders
runs: { max: 5, overlap: queue }
tasks:
  extract: { glue-job: extract }
  load: { glue-job: load, after: extract }
`,
  'jobs/jobs.yml': `jobs:
  extract: { script: jobs/extract.sh, type: pythonshell, local: { command: [sh] } }
  load: { script: jobs/load.sh, type: pythonshell, local: { command: [sh] } }
`,
  'jobs/extract.sh': 'echo one; echo two; echo three; echo careful >&2\n',
};

function projectWith(load: string): string {
  return createProject({ ...files, 'jobs/load.sh': load });
}

test('a log is printed whole, from its end, or only where it holds a text', async () => {
  const root = projectWith('echo loaded\n');
  expect((await gluewright(root, 'run', 'orders')).code).toBe(0);
  const logs = (...args: string[]) => gluewright(root, 'logs', 'latest', 'extract', ...args);
  expect(await logs()).toMatchObject({ out: 'one\ntwo\nthree\n', err: 'careful\n' });
  expect(await logs('--lines', '2')).toMatchObject({ out: 'three\n', err: 'careful\n' });
  expect(await logs('--search', 't')).toMatchObject({ out: 'two\nthree\n', err: '' });
  expect(await logs('--search', 'none')).toMatchObject({ out: '', err: 'no line contains that\n' });
  expect(await logs('-f')).toMatchObject({ code: 0, out: 'one\ntwo\nthree\n', err: 'careful\n' });
  expect(JSON.parse((await logs('--json')).out)).toMatchObject({
    task: 'extract',
    attempt: 1,
    lines: [{ stream: 'output', text: 'one' }, {}, {}, { stream: 'error', text: 'careful' }],
  });
});

test('the commands in a notification of many runs are valid', async () => {
  const root = projectWith('exit 3\n');
  expect((await gluewright(root, 'run', 'orders')).code).toBe(1);
  const commands = summaryOf('local', [], 0).next.map((line) => line.split(': gluewright ')[1]?.split(' ') ?? []);
  expect(commands).toHaveLength(2);
  for (const command of commands) {
    const { code, out } = await gluewright(root, ...command);
    expect([code, out]).toEqual([0, expect.stringContaining('orders-cli-')]);
  }
});

test('a task without a job has no log, and no message points to one', async () => {
  const root = createProject({
    'statemachines/rates.yml': `pipeline: rates
tasks:
  fetch: { lambda: fetch-rates, local: { command: [sh, -c, "echo away; exit 3"] } }
`,
  });
  const { code, out } = await gluewright(root, 'run', 'rates');
  expect([code, out]).toEqual([1, expect.stringContaining('fetch failed: Lambda.Failed')]);
  expect(out).not.toContain('gluewright logs');
  for (const args of [[], ['-f'], ['--json']]) {
    expect(await gluewright(root, 'logs', 'latest', 'fetch', ...args)).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringMatching(
        /fetch is a task of the kind lambda, which has no log: npx gluewright why rates-cli-\S+ fetch/,
      ),
    });
  }
});

test('a log is followed over what is written meanwhile, to the end of its task', async () => {
  const root = projectWith('echo begun; while [ ! -e go ]; do sleep 0.05; done; echo done; rm go\n');
  const run = gluewright(root, 'run', 'orders');
  const terminal = createTestTerminal(root);
  const isThere = () => existsSync(join(root, '.gluewright', 'gluewright.db'));
  while (!isThere() || !(await gluewright(root, 'logs', 'latest', 'load')).out.includes('begun')) await setTimeout(50);
  const followed = runCli(['logs', 'latest', 'load', '-f'], terminal);
  while (!terminal.stdout().includes('begun')) await setTimeout(20);
  expect(terminal.stdout()).toBe('begun\n');
  // where the job runs, and where it may be told to run from
  for (const folder of [root, join(root, 'jobs')]) writeFileSync(join(folder, 'go'), '');
  expect(await followed).toBe(0);
  expect(terminal.stdout()).toBe('begun\ndone\n');
  expect((await run).code).toBe(0);
});

test('what failed is planned to be run again here, too, and stopping has nothing to stop', async () => {
  const root = projectWith('exit 3\n');
  for (let time = 0; time < 2; time += 1) expect((await gluewright(root, 'run', 'orders')).code).toBe(1);
  const plan = await gluewright(root, 'rerun', '--failed', '--since', '1d', '--plan');
  expect(plan.out).toMatch(
    /orders-cli-\S+ +FAILED +1 of 2 tasks\norders-cli-\S+ +FAILED +1 of 2 tasks\n[\s\S]*--agreed [0-9a-f]{64}/,
  );
  const why = await gluewright(root, 'runs', '--status', 'FAILED', '--why');
  expect(why.out).toMatch(/^(orders-cli-\S+ failed, because load failed: The job ended with exit code 3\.\n){2}$/);
  expect(await gluewright(root, 'rerun', '--failed')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--pipeline'),
  });
  expect(await gluewright(root, 'rerun', '--failed', '--pipeline', 'order', '--plan')).toMatchObject({ code: 3 });
  expect(await gluewright(root, 'stop', '--pipeline', 'orders')).toMatchObject({
    code: 0,
    out: 'there is nothing to do\n',
  });
});

test('runs are watched until Ctrl-C, a line for each that has changed', async () => {
  const root = projectWith('echo loaded\n');
  await gluewright(root, 'run', 'orders');
  let interrupt = (): void => undefined;
  const terminal = {
    ...createTestTerminal(root),
    onInterrupt: (action: () => void) => {
      interrupt = action;
      return () => undefined;
    },
  };
  const watched = runCli(['runs', '--watch'], terminal);
  while (!terminal.stdout().includes('SUCCEEDED')) await setTimeout(20);
  interrupt();
  expect(await watched).toBe(0);
  expect(terminal.stdout()).toMatch(/^RUN +PIPELINE[^\n]*\norders-cli-\S+ +orders +SUCCEEDED[^\n]*\n$/);
  expect((await gluewright(root, 'show', 'latest', '--watch')).code).toBe(0);
});

test.each([
  [[''], /^init\n[\s\S]*\ncompletion\n/],
  [['lo'], /^logs\n$/],
  [['run', ''], /^orders\n$/],
  [['show', ''], /^latest\norders-cli-\S+\n$/],
  [['logs', 'latest', ''], /^extract\nload\n$/],
  [['logs', 'latest', 'l'], /^load\n$/],
  [['rerun', 'latest', '--from', 'e'], /^extract\n$/],
  [['approve', 'latest', ''], /^extract\nload\n$/],
  [['exec', 'orders', 'l'], /^load\n$/],
  [['simulate', 'orders', '--fail', 'e'], /^extract\n$/],
  [['rerun', '--failed', '--pipeline', ''], /^orders\n$/],
  [['runs', '--wa'], /^--watch\n$/],
  [['nothing', ''], /^$/],
])('the shell is told what may stand behind %j', async (words, expected) => {
  if (completed === undefined) {
    completed = projectWith('echo loaded\n');
    await gluewright(completed, 'run', 'orders');
  }
  expect((await gluewright(completed, 'completion', 'words', '--', ...words)).out).toMatch(expected);
});
let completed: string | undefined;

test.each(['bash', 'zsh', 'fish'])('%s is given what asks for the words', async (shell) => {
  const { code, out } = await gluewright(createProject(files), 'completion', shell);
  expect([code, out.includes('gluewright completion words --')]).toEqual([0, true]);
});

test('a shell that is not known is said to be so', async () => {
  expect(await gluewright(createProject(files), 'completion', 'csh')).toMatchObject({ code: 2 });
});
