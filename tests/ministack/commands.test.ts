import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { runCli } from '../../cli/run-cli.ts';
import { createTestTerminal } from '../cli/test-terminal.ts';
import { type Deployed, openDeployed } from './deployed.ts';
import { type LocalDev, startDev } from './local-dev.ts';
import { type Ministack, startMinistack, whyNoMinistack } from './start-ministack.ts';
import { bucketOf, makeTestProject, stack, stage, type TestProject } from './test-project.ts';

/** The same history on a deployed stack and on this machine: every command must print the same for both. */

const reason = whyNoMinistack();
let ministack: Ministack;
let project: TestProject;
let deployed: Deployed;
let dev: LocalDev;

beforeAll(async () => {
  if (reason !== undefined) return;
  project = makeTestProject('history');
  [ministack, dev] = await Promise.all([startMinistack(), startDev(project)]);
  await project.serverless('deploy', ministack.env);
  for (const [name, value] of Object.entries(ministack.env)) vi.stubEnv(name, value);
  deployed = await openDeployed(ministack);
  await makeHistory();
}, 240_000);
beforeEach((context) => {
  if (reason !== undefined) context.skip(reason);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([dev?.stop(), ministack?.stop()]);
  project?.delete();
});

async function makeHistory(): Promise<void> {
  for (const [key, params] of [
    ['good', {}],
    ['bad', { fails: '9' }],
  ] as const) {
    await dev.ask('/pipelines/twin/runs', { params }, key);
    await deployed.ask('/pipelines/twin/runs', { params }, key);
    await vi.waitFor(
      async () => {
        for (const where of [[], ['--stage', stage]]) {
          const { out } = await gluewright('show', 'latest', '--json', ...where);
          expect(JSON.parse(out).settled).toBe(true);
        }
      },
      { timeout: 90_000, interval: 500 },
    );
  }
  for (const key of ['files/2026-11-22/a.csv', 'files/2026-11-22/b.csv', 'daily/no-day.csv']) {
    dev.put('landing', key);
    await deployed.put('landing', key, '');
  }
  await vi.waitFor(
    async () => {
      for (const where of [[], ['--stage', stage]]) {
        const { out } = await gluewright('dead-letters', '--json', ...where);
        expect(JSON.parse(out).letters).toHaveLength(1);
      }
    },
    { timeout: 60_000, interval: 500 },
  );
}

async function gluewright(...args: string[]) {
  const terminal = createTestTerminal(project.folder);
  const code = await runCli(args, terminal);
  return { code, out: terminal.stdout(), err: terminal.stderr() };
}

/** Decides as soon as the started task waits for the decision. */
async function answered(words: readonly string[]): ReturnType<typeof gluewright> {
  const decides = words[0] === 'approve' || words[0] === 'reject';
  return vi.waitFor(
    async () => {
      const answer = await gluewright(...words, '--json');
      if (decides) expect(answer.code).toBe(0);
      return answer;
    },
    { timeout: 30_000, interval: 500 },
  );
}

/** Removes what differs between histories: times, a service's own counts, random ids, a stage's names. */
function comparable(out: string): unknown {
  const text = out
    .replaceAll(bucketOf('landing'), 'landing')
    .replaceAll(`${stack}-`, '')
    .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"TIME"')
    .replaceAll(/,"(?:dpuSeconds":[\d.]+|at":"TIME")/g, '')
    .replaceAll(/"after":"[\d.]+"/g, '"after":"CURSOR"')
    .replaceAll(/"by":"[^"]*"/g, '"by":"SOMEBODY"')
    .replaceAll(/"run":"signed-[^"]*"/g, '"run":"RUN"')
    .replaceAll(/"(\w+Seconds|tookLast)":[\d.]+/g, '"$1":0')
    .replaceAll(/"id":"(jr_[0-9a-f]+|[0-9a-z]{25})"/g, '"id":"ID"');
  return JSON.parse(text);
}

/** The arguments for each command with --stage, in this order. */
const asked: Readonly<Record<string, readonly (readonly string[])[]>> = {
  runs: [[], ['twin', '--status', 'FAILED']],
  show: [['latest']],
  why: [['latest'], ['latest', 'second']],
  logs: [['latest', 'second']],
  'dead-letters': [[]],
  orphans: [[]],
  schedule: [['waiting-for', '--next', '2']],
  waiting: [[]],
  queues: [[]],
  where: [['s3://landing/files/2026-11-22/a.csv']],
  pause: [['twin'], ['waiting-for.yearly']],
  resume: [['twin'], ['waiting-for.yearly']],
  stop: [['latest'], ['--pipeline', 'twin', '--plan']],
  rerun: [
    ['latest', '--failed', '--plan'],
    ['latest', '--failed', '--detach', '--key', 'again'],
  ],
  run: [['signed', '--detach']],
  approve: [['latest', 'yes']],
  reject: [['latest', 'no']],
  // these two print their own location
  whereami: [],
  open: [],
};

test('every command with --stage is compared', async () => {
  const program = new Command();
  for (const load of Object.values(commands))
    (await load())(program, { terminal: createTestTerminal('/'), exitCode: 0 });
  const withStage = program.commands.filter(({ options }) =>
    ['--stage', '--stack'].every((name) => options.some(({ long }) => long === name)),
  );
  expect(withStage.map((command) => command.name()).sort()).toEqual(Object.keys(asked).sort());
});

test.each(Object.entries(asked).flatMap(([name, all]) => all.map((words) => [[name, ...words].join(' ')])))(
  '%s prints the same for a stage and for this machine',
  async (line) => {
    const here = await answered(line.split(' '));
    const there = await answered([...line.replace('landing', bucketOf('landing')).split(' '), '--stage', stage]);
    expect(there.code, there.err).toBe(here.code);
    expect(comparable(there.out)).toEqual(comparable(here.out));
  },
);
