import { createServer, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { bury } from '../../shared/actors/dead-letters.ts';
import { startRun } from '../../shared/actors/start-run.ts';
import { api } from '../../shared/api/api.ts';
import { finishRun } from '../../shared/use-cases/finish-run.ts';
import { pipelineOf, taskOf, World } from '../shared/world/world.ts';
import { createProject } from './project-folder.ts';
import { createTestTerminal } from './test-terminal.ts';

/** A stack: what CloudFormation says of it, and its API, both where the SDK and the command are sent to. */
let world = new World();
const asked: { path: string; authorization: string }[] = [];
const server = createServer((request, response) => {
  void (async () => {
    const text = await textOf(request);
    const { host = '', authorization = '' } = request.headers;
    if (text.includes('Action=DescribeStacks')) {
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
  ['why', ['why', 'orders-a'], /^orders-a runs, between one task and the next\.\n$/],
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
  const target = 'gluewright: on shop-prod (eu-west-1)\n';
  expect(await gluewright(['pause', 'orders', '--stage', 'prod'])).toMatchObject({ code: 0, err: target });
  expect((await gluewright(['resume', 'orders', '--stage', 'prod'])).out).toBe('orders goes on: 1 live, 0 waiting\n');
  const stopping = gluewright(['stop', run, '--stage', 'prod']);
  await expect.poll(() => asked.map(({ path }) => path)).toContain(`/runs/${run}/stop`);
  await finishRun(world.system, {
    run,
    pipeline: 'orders',
    status: 'FAILED',
    tasks: { extract: { status: 'failed' } },
  });
  expect(await stopping).toMatchObject({ code: 0, err: target, out: expect.stringContaining('nothing of it goes on') });
  const again = await gluewright(['rerun', run, '--failed', '--stage', 'prod']);
  expect(again).toMatchObject({ code: 0, err: target + target });
  expect(again.out).toMatch(/extract +runs[\s\S]*orders-a-r2 is started/);
});

test('dead letters of a stage are tried again, each by itself', async () => {
  await bury(world.system, { kind: 'message', body: 'x', problems: ['cannot be read'] }, 'two');
  const { code, out } = await gluewright(['dead-letters', '--replay', '--stage', 'prod']);
  expect(code).toBe(1);
  expect(out).toContain('dead still');
});

test.each([
  [
    'a stack that is not there',
    ['runs', '--stage', 'dev'],
    4,
    /shop-dev cannot be looked up: Stack with id does not exist/,
  ],
  ['a run that is not there', ['show', 'none', '--stage', 'prod'], 3, /shop-prod \(eu-west-1\): there is no run none/],
  ['a region without a stage', ['runs', '--region', 'eu-west-1'], 2, /say --stage or --stack/],
])('%s is said', async (_, args, code, said) => {
  expect(await gluewright(args)).toMatchObject({ code, err: expect.stringMatching(said) });
});

test.each([
  ['run', 'orders'],
  ['logs', 'latest', 'extract'],
  ['orphans'],
  ['schedule'],
  ['waiting'],
  ['where', 's3://a/b'],
  ['dev'],
])('%s, which is of this machine, does nothing where the environment names a stage', async (...args) => {
  const answer = await gluewright(args, { GLUEWRIGHT_STAGE: 'prod' });
  expect(answer).toMatchObject({ code: 2, out: '', err: expect.stringContaining('speaks to this machine only') });
  expect(asked).toEqual([]);
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
