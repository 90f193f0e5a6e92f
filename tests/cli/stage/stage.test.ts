import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { commands } from '../../../cli/commands.ts';
import { runCli } from '../../../cli/run-cli.ts';
import { bury } from '../../../shared/actors/dead-letters.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { api } from '../../../shared/api/api.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { pipelineOf, taskOf, World } from '../../shared/world/world.ts';
import { createProject } from '../project-folder.ts';
import { createTestTerminal } from '../test-terminal.ts';

/** A stack: what CloudFormation says of it, and its API, both where the SDK and the command are sent to. */
let world = new World();
const asked: { path: string; authorization: string }[] = [];
const server = createServer((request, response) => {
  void (async () => {
    const text = await textOf(request);
    const { host = '', authorization = '' } = request.headers;
    if (text.includes('Action=DescribeStacks')) {
      lookUps += 1;
      const known = text.includes('StackName=shop-prod');
      response
        .writeHead(known ? 200 : 400, { 'content-type': 'text/xml' })
        .end(known ? stacks(`http://${host}`) : missing);
      return;
    }
    const [path = '', query = ''] = (request.url ?? '').split('?');
    asked.push({ path, authorization });
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const answer = await api(world.system, { method: request.method ?? '', path, query, headers, body: text });
    response.writeHead(answer.statusCode, answer.headers).end(answer.body);
  })();
});

const stacks = (url: string) =>
  `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>shop-prod</StackName><CreationTime>2026-11-20T00:00:00Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus><Outputs><member><OutputKey>ApiUrl</OutputKey><OutputValue>${url}</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
const missing =
  '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id does not exist</Message></Error></ErrorResponse>';

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

const target = 'gluewright: on shop-prod (eu-west-1)\n';
let lookUps = 0;

const root = createProject({
  'serverless.yml': 'service: shop\n',
  'statemachines/orders.yml': 'pipeline: orders\ntasks: { extract: { glue-job: extract } }\n',
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
});
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
});

let run = '';
beforeEach(async () => {
  asked.length = 0;
  world = new World([pipelineOf('orders', { triggers: { nightly: { kind: 'api' } }, tasks: [taskOf('extract')] })]);
  const answer = await startRun(world.system, { pipeline: 'orders', cause: 'a', trigger: { kind: 'cli' } });
  run = answer.is === 'run' ? answer.run.id : '';
});

async function gluewright(args: readonly string[], env: Record<string, string> = {}) {
  const terminal = { ...createTestTerminal(root), env };
  const code = await runCli(args, terminal);
  return { code, out: terminal.stdout(), err: terminal.stderr() };
}

test.each([
  ['runs', ['runs', '--status', 'running'], /orders-a +orders +RUNNING/],
  ['show', ['show', 'latest'], /^orders-a {2}RUNNING[\s\S]*extract +· waiting/],
  ['why', ['why', 'orders-a'], /^orders-a is between two tasks\.\n$/],
  ['why of a task', ['why', 'latest', 'extract'], /^extract /],
  ['dead-letters', ['dead-letters'], /no dead letters/],
])('%s is told by the stack that the stage names, by requests that are signed', async (_, args, told) => {
  const { code, out, err } = await gluewright([...args, '--stage', 'prod']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(told);
  for (const { authorization } of asked) {
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-west-1\/execute-api\/aws4_request/,
    );
  }
  expect((await gluewright(args, { GLUEWRIGHT_STAGE: 'prod' })).out).toBe(out);
});

test('as JSON the answer of the API is printed as it came', async () => {
  const { out } = await gluewright(['show', run, '--json', '--stack', 'shop-prod']);
  expect(out).toBe(
    `${(await api(world.system, { method: 'GET', path: `/runs/${run}`, query: '', headers: {}, body: '' })).body}\n`,
  );
});

test('what acts says on what before it does', async () => {
  expect(await gluewright(['pause', 'orders', '--stage', 'prod'])).toMatchObject({ code: 0, err: target });
  expect((await gluewright(['resume', 'orders', '--stage', 'prod'])).out).toBe('resumed orders: 1 live, 0 queued\n');
  const stopping = gluewright(['stop', run, '--stage', 'prod']);
  await expect.poll(() => asked.map(({ path }) => path)).toContain(`/runs/${run}/stop`);
  await finishRun(world.system, {
    run,
    pipeline: 'orders',
    status: 'FAILED',
    lost: { extract: { error: 'States.QueryEvaluationError' } },
  });
  expect(await stopping).toMatchObject({
    code: 0,
    err: target,
    out: expect.stringContaining('none of its jobs is running'),
  });
  const again = await gluewright(['rerun', run, '--failed', '--detach', '--stage', 'prod']);
  expect(again).toMatchObject({ code: 0, err: target });
  expect(again.out).toMatch(/extract +runs[\s\S]*orders-a-r2 started/);
});

test('dead letters of a stage are tried again, each by itself', async () => {
  await bury(world.system, { kind: 'message', body: 'x', problems: ['cannot be read'] }, 'two');
  const { code, out } = await gluewright(['dead-letters', '--replay', '--stage', 'prod']);
  expect(code).toBe(1);
  expect(out).toContain('still failing');
});

test.each([
  [
    'a stack that is not there',
    ['runs', '--stage', 'dev'],
    4,
    /shop-dev cannot be looked up: Stack with id does not exist/,
  ],
  ['a run that is not there', ['show', 'none', '--stage', 'prod'], 3, /shop-prod \(eu-west-1\): there is no run none/],
  ['a region without a stage', ['runs', '--region', 'eu-west-1'], 2, /give --stage or --stack/],
])('%s is said', async (_, args, code, said) => {
  expect(await gluewright(args)).toMatchObject({ code, err: expect.stringMatching(said) });
});

test('dev, which is of this machine, does nothing where the environment names a stage', async () => {
  const answer = await gluewright(['dev'], { GLUEWRIGHT_STAGE: 'prod' });
  expect(answer).toMatchObject({ code: 2, out: '', err: expect.stringContaining('works only on this machine') });
  expect(asked).toEqual([]);
});

test('a run is started on a stage, and its outcome is the exit code', async () => {
  const { code, out, err } = await gluewright(['run', 'orders', '--detach', '--stage', 'prod']);
  expect({ code, err }).toEqual({ code: 0, err: target });
  const started = /^(\S+) started/.exec(out)?.[1] ?? '';
  await finishRun(world.system, {
    run: started,
    pipeline: 'orders',
    status: 'FAILED',
    lost: { extract: { error: 'Glue.JobFailed' } },
  });
  const watched = await gluewright(['show', started, '--watch', '--stage', 'prod']);
  expect(watched.code).toBe(1);
});

test('all that failed is run again by its plan', async () => {
  await finishRun(world.system, {
    run,
    pipeline: 'orders',
    status: 'FAILED',
    lost: { extract: { error: 'Glue.JobFailed' } },
  });
  const selected = ['rerun', '--failed', '--pipeline', 'orders', '--since', '2020-01-01', '--stage', 'prod'];
  const planned = await gluewright([...selected, '--plan']);
  expect(planned.out).toMatch(/orders-a +FAILED +1 of 1 tasks[\s\S]*with --agreed [0-9a-f]{64}/);
  expect(planned.err).toBe('');
  const unanswered = await gluewright(selected);
  expect(unanswered).toMatchObject({ code: 2, err: expect.stringContaining('nothing was done: add --agreed') });
  const digest = /--agreed (\S+)/.exec(planned.out)?.[1] ?? '';
  expect(await gluewright([...selected, '--agreed', digest])).toMatchObject({
    code: 0,
    out: 'orders-a is run again, as orders-a-r2\n',
    err: target,
  });
  expect((await gluewright([...selected, '--agreed', digest])).code).toBe(2);
  const stop = await gluewright(['stop', '--pipeline', 'orders', '--yes', '--stage', 'prod']);
  expect(stop.out).toMatch(/orders-a-r2 +RUNNING[\s\S]*orders-a-r2 is stopping/);
});

test('on a stage that the project protects whatever acts asks first', async () => {
  const guarded = createProject({
    'serverless.yml': 'service: shop\ncustom: { gluewright: { protected: [prod] } }\n',
    'statemachines/orders.yml': 'pipeline: orders\ntasks: { extract: { glue-job: extract } }\n',
  });
  const act = async (args: readonly string[], answer?: string) => {
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return answer ?? '';
    };
    const terminal = { ...createTestTerminal(guarded), ...(answer === undefined ? {} : { ask }) };
    const code = await runCli([...args, '--stage', 'prod'], terminal);
    return { code, questions, err: terminal.stderr() };
  };
  expect(await act(['pause', 'orders'])).toMatchObject({ code: 2, err: expect.stringContaining('add --yes') });
  expect(await act(['pause', 'orders'], 'n')).toMatchObject({
    code: 2,
    questions: [expect.stringContaining('shop-prod')],
  });
  expect(asked).toEqual([]);
  expect(await act(['pause', 'orders'], 'y')).toMatchObject({ code: 0 });
  expect(await act(['resume', 'orders', '--yes'])).toMatchObject({ code: 0, questions: [] });
  expect(await act(['runs'])).toMatchObject({ code: 0 });
  const stack = createTestTerminal(guarded);
  expect(await runCli(['stop', run, '--stack', 'shop-prod'], stack)).toBe(2);
});

test('an address is asked for once, and once more where nothing is there', async () => {
  const env = { XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'gluewright-cache-')) };
  lookUps = 0;
  for (let time = 0; time < 3; time += 1) expect((await gluewright(['runs', '--stage', 'prod'], env)).code).toBe(0);
  expect(lookUps).toBe(1);
  const file = join(env.XDG_CACHE_HOME, 'gluewright', 'stacks.json');
  const known = readFileSync(file, 'utf8');
  writeFileSync(file, known.replaceAll(/127\.0\.0\.1:\d+","target/g, '127.0.0.1:1","target'));
  expect(await gluewright(['runs', '--stage', 'prod'], env)).toMatchObject({
    code: 0,
    out: expect.stringContaining(run),
  });
  expect([lookUps, readFileSync(file, 'utf8')]).toEqual([2, known]);
});

test('whereami says what is meant, and why, and asks nobody', async () => {
  lookUps = 0;
  const told = await gluewright(['whereami', '--region', 'eu-west-3'], { GLUEWRIGHT_STAGE: 'prod' });
  expect(told.out).toMatch(
    /^stack +shop-prod \(GLUEWRIGHT_STAGE is prod, and serverless.yml names the service shop\)\nregion +eu-west-3 \(--region\)/,
  );
  expect(JSON.parse((await gluewright(['whereami', '--json'])).out)).toMatchObject({ target: 'this machine', root });
  expect([lookUps, asked]).toEqual([0, []]);
});

/** Every command as it speaks to a stage; those that have no stage are of this machine. */
const onStages: Readonly<Record<string, readonly string[]>> = {
  run: ['orders', '--detach'],
  runs: [],
  show: ['latest'],
  why: ['latest'],
  logs: ['latest', 'extract'],
  stop: ['latest'],
  approve: ['latest', 'extract'],
  reject: ['latest', 'extract'],
  rerun: ['latest', '--failed'],
  orphans: ['--stop'],
  schedule: [],
  waiting: [],
  queues: [],
  pause: ['orders'],
  resume: ['orders'],
  where: ['s3://landing/a.csv'],
  'dead-letters': ['--replay'],
  open: [],
};

test('every command that takes a stage is tried against a wrong one', async () => {
  const program = new Command();
  for (const load of Object.values(commands))
    (await load())(program, { terminal: createTestTerminal(root), exitCode: 0 });
  const staged = program.commands.filter(({ options }) =>
    ['--stage', '--profile'].every((name) => options.some(({ long }) => long === name)),
  );
  const names = staged.map((command) => command.name()).filter((name) => name !== 'whereami');
  expect(names.sort()).toEqual(Object.keys(onStages).sort());
});

test.each(Object.entries(onStages))(
  '%s with a wrong stage contacts no other host, and does nothing',
  async (name, args) => {
    const connect = vi.spyOn(Socket.prototype, 'connect');
    const wrong = await gluewright([name, ...args, '--stage', 'dev']);
    const contacted = connect.mock.calls.map((call): unknown => JSON.parse(JSON.stringify(call.flat()[0])));
    connect.mockRestore();
    expect(wrong).toMatchObject({ code: 4, out: '', err: expect.stringContaining('shop-dev cannot be looked up') });
    const { port } = z.parse(z.object({ port: z.number() }), server.address());
    for (const each of contacted) expect(each).toMatchObject({ host: '127.0.0.1', port });
    expect(asked).toEqual([]);
  },
);

/** Beside each command that lists, the operation that answers the same. */
test.each([
  [['runs', '--limit', '5'], '/runs?limit=5'],
  [['show', 'latest'], '/runs/orders-a'],
  [['why', 'latest'], '/runs/orders-a/why'],
  [['schedule', '--next', '3'], '/schedules?next=3'],
  [['waiting'], '/waiting'],
  [['queues', 'orders'], '/queues?pipeline=orders'],
  [['orphans'], '/orphans'],
  [['dead-letters'], '/dead-letters'],
  [['where', 's3://landing/a.csv'], '/arrivals?object=s3://landing/a.csv'],
])('%j prints what %s answers, byte for byte', async (args, address) => {
  const [path = '', query = ''] = address.split('?');
  const { body } = await api(world.system, { method: 'GET', path, query, headers: {}, body: '' });
  expect((await gluewright([...args, '--json', '--stage', 'prod'])).out).toBe(`${body}\n`);
});

test('open serves a page of which whatever it asks is signed, and answered by the stage', async () => {
  const said = Promise.withResolvers<string>();
  const end = Promise.withResolvers<() => void>();
  const terminal = {
    ...createTestTerminal(root),
    out: said.resolve,
    onInterrupt: (action: () => void) => {
      end.resolve(action);
      return () => undefined;
    },
  };
  const code = runCli(['open', '--stage', 'prod', '--json'], terminal);
  const { target, page } = JSON.parse(await said.promise);
  expect(target).toBe('shop-prod (eu-west-1)');
  expect((await fetch(new URL('/runs', page))).status).toBe(401);
  const opened = await fetch(page, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const runs = await fetch(new URL('/runs?trigger=a b', page), { headers: { cookie, authorization: 'Bearer x' } });
  expect(await runs.json()).toEqual({ runs: [] });
  expect(asked).toEqual([{ path: '/runs', authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 /) }]);
  const stopped = await fetch(new URL(`/runs/${run}/stop`, page), { method: 'POST', headers: { cookie } });
  expect(await stopped.json()).toMatchObject({ run });
  (await end.promise)();
  expect(await code).toBe(0);
});
