import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { apiToken } from '../../../cli/open/api-token.ts';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { createApiDoor } from '../../../local/wire/api-door.ts';
import { createWireServer } from '../../../local/wire/wire-server.ts';

const clock = createVirtualClock(Date.UTC(2026, 10, 22));
const runtime = await openRuntime({
  home: ':memory:',
  clock,
  pipelines: [],
  jobs: {},
  simulate: () => ({ seconds: 1 }),
});
const api = createApiDoor(runtime.functions, 'secret');
const server = await createWireServer(runtime.services, { port: 0, uuid: () => 'id', api });
afterAll(async () => {
  await server.close();
  await runtime.close();
});

function call(headers: Record<string, string>, body?: string, path = '/pipelines'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request({ port: server.port, host: '127.0.0.1', path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end(body);
  });
}

const known = { authorization: 'Bearer secret' };

test.each([
  ['without a token', {}, 401],
  ['with another token', { authorization: 'Bearer secre' }, 401],
  ['with the token', known, 200],
  ['by a page in a browser', { ...known, origin: 'https://example.com' }, 403],
  ['for a name that points here', { ...known, host: 'example.com' }, 403],
])('a request %s', async (_, headers, status) => {
  expect(await call(headers)).toBe(status);
});

test('a body without an end is not read to it', async () => {
  expect(await call(known, 'x'.repeat(2 * 1024 * 1024), '/pipelines/p/runs')).toBe(413);
});

test('a bucket may be called pipelines: AWS’s programs sign for it', async () => {
  expect(await call({ authorization: 'AWS4-HMAC-SHA256 Credential=local' })).toBe(404);
});

test('the token is made once, and nobody else may read it', () => {
  const home = mkdtempSync(join(tmpdir(), 'gluewright-'));
  try {
    const token = apiToken(home);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(apiToken(home)).toBe(token);
    expect(statSync(join(home, 'api-token')).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(home, { recursive: true });
  }
});
