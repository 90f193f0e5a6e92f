import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { commands } from '../../../cli/commands.ts';
import { runCli } from '../../../cli/run-cli.ts';
import { createProject } from '../project-folder.ts';
import { createTestTerminal } from '../test-terminal.ts';

/**
 * Every command, where the target that is named is the wrong one. What counts are connections, of whatever kind: each is
 * noted where a socket is told where to connect to.
 */

const root = createProject({
  'serverless.yml': 'service: shop\n',
  'statemachines/orders.yml':
    'pipeline: orders\ntriggers: { request: { api: true } }\ntasks: { extract: { glue-job: extract } }\n',
  'jobs/jobs.yml': 'jobs: { extract: {} }\n',
});

/** CloudFormation as it is asked for stacks: there is none of the name, or one with the address that is set. */
let apiUrl: string | undefined;
const cloudFormation = createServer((_, response) => {
  const outputs =
    apiUrl === undefined
      ? ''
      : `<Outputs><member><OutputKey>ApiUrl</OutputKey><OutputValue>${apiUrl}</OutputValue></member></Outputs>`;
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end(
      `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>shop-wrong</StackName><CreationTime>2026-11-20T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>${outputs}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    );
});
/** The address leads to somebody else's server, that sends whoever asks on to a third. */
const elsewhere = createServer((_, response) => {
  response.writeHead(307, { location: `${addressOf(third)}/runs` }).end();
});
const third = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"runs":[]}');
});
const servers = [cloudFormation, elsewhere, third];

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  return address.port;
};
const addressOf = (server: Server): string => `http://127.0.0.1:${portOf(server)}`;

const connections: string[] = [];
const connect = Socket.prototype.connect;

beforeAll(async () => {
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL', addressOf(cloudFormation));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  // no program is found: whoever would be asked by one is not asked
  vi.stubEnv('PATH', root);
  // `gluewright dev` runs here, as far as anybody can see
  mkdirSync(join(root, '.gluewright'), { recursive: true });
  const dev = { port: portOf(third), apiPort: portOf(third), pid: process.pid, deployed: {} };
  writeFileSync(join(root, '.gluewright/dev.json'), JSON.stringify(dev));
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...given: unknown[]) {
    connections.push(targetOf(given[0]));
    return Reflect.apply(connect, this, given);
  });
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const server of servers) server.close();
});
beforeEach(() => {
  connections.length = 0;
  apiUrl = undefined;
});

const place = z.object({ host: z.optional(z.nullable(z.string())), port: z.union([z.number(), z.string()]) });

/** Node hands the options over as they are, or as the first of a list. */
function targetOf(given: unknown): string {
  const { host, port } = place.parse(Array.isArray(given) ? given[0] : given);
  return `http://${host ?? 'localhost'}:${port}`;
}

/** What is said to each command, beside the target. */
const words: Readonly<Record<string, readonly string[]>> = {
  init: ['shop', '--yes', '--no-install'],
  new: ['job', 'another'],
  validate: [],
  compile: ['orders'],
  graph: ['orders'],
  simulate: ['orders'],
  dev: ['--port', '0'],
  open: [],
  run: ['orders'],
  exec: ['orders', 'extract'],
  runs: [],
  show: ['latest'],
  why: ['latest'],
  logs: ['latest', 'extract'],
  approve: ['latest', 'extract'],
  reject: ['latest', 'extract'],
  stop: ['latest'],
  rerun: ['latest', '--failed'],
  orphans: [],
  schedule: [],
  waiting: [],
  queues: [],
  pause: ['orders'],
  resume: ['orders'],
  where: ['s3://landing/a'],
  'dead-letters': ['--replay'],
  whereami: [],
  completion: ['bash'],
  'glue-python': [],
  'verify-account': ['--stack', 'shop-wrong', '--yes'],
};

const program = new Command();
for (const load of Object.values(commands))
  (await load())(program, { terminal: createTestTerminal(root), exitCode: 0 });
/** By the stack that is spoken to: `validate --stage` is about what would be deployed. */
const takesStage = (name: string): boolean => {
  const options = program.commands.find((command) => command.name() === name)?.options ?? [];
  return ['--stage', '--stack'].every((option) => options.some(({ long }) => long === option));
};

test('each command is among those that are tried', () => {
  expect(program.commands.map((command) => command.name()).sort()).toEqual(Object.keys(words).sort());
});

async function gluewright(args: readonly string[], env: Readonly<Record<string, string>>) {
  const onInterrupt = (action: () => void) => {
    action();
    return () => undefined;
  };
  const terminal = { ...createTestTerminal(root, env), onInterrupt };
  const code = await runCli(args, terminal);
  return { code, said: terminal.stdout() + terminal.stderr() };
}

const names = Object.keys(words).map((name) => [name] as const);

test.each(names)('%s asks nobody but CloudFormation for a stack that is not there', async (name) => {
  for (const [args, env] of [
    [takesStage(name) ? ['--stage', 'wrong'] : [], {}],
    [[], { GLUEWRIGHT_STAGE: 'wrong' }],
  ] as const) {
    // without an option that names the target, and without the environment's, this machine is meant
    if (args.length === 0 && !('GLUEWRIGHT_STAGE' in env)) continue;
    const { code, said } = await gluewright([name, ...(words[name] ?? []), ...args], env);
    expect(new Set(connections)).toBeOneOf([new Set(), new Set([addressOf(cloudFormation)])]);
    if (takesStage(name) && name !== 'whereami')
      expect({ code, said }).toEqual({ code: 3, said: expect.stringContaining('shop-wrong') });
  }
});

test.each(names.filter(([name]) => takesStage(name)))('%s follows nobody who sends it elsewhere', async (name) => {
  apiUrl = addressOf(elsewhere);
  const { code } = await gluewright([name, ...(words[name] ?? []), '--stage', 'wrong'], {});
  expect(connections).not.toContain(addressOf(third));
  expect(connections.every((each) => [addressOf(cloudFormation), addressOf(elsewhere)].includes(each))).toBe(true);
  // two ask nobody by themselves: one serves the page, and one says what is in force
  expect(code).toBe(['open', 'whereami'].includes(name) ? 0 : 4);
});
