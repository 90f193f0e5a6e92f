import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { apiToken } from '../../../cli/open/api-token.ts';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { createApiDoor } from '../../../local/wire/api-door.ts';
import { createApiServer } from '../../../local/wire/api-server.ts';

const clock = createVirtualClock(Date.UTC(2026, 10, 22));
const runtime = await openRuntime({
  home: ':memory:',
  clock,
  pipelines: [],
  jobs: {},
  simulate: () => ({ seconds: 1 }),
});
const door = createApiDoor(runtime.functions);
const server = await createApiServer({ door, token: 'secret', port: 0 });
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
  ['for another name of this machine', { ...known, host: 'example.com' }, 403],
])('a request %s', async (_, headers, status) => {
  expect(await call(headers)).toBe(status);
});

test('an endless body is not read to its end', async () => {
  expect(await call(known, 'x'.repeat(2 * 1024 * 1024), '/pipelines/p/runs')).toBe(413);
});

test('an unknown path is a 404, and never a bucket', async () => {
  expect(await call(known, undefined, '/landing/orders.csv')).toBe(404);
});

test.each([
  ['its own page', { 'sec-fetch-site': 'same-origin' }, 200],
  ['its own page, with its origin', { 'sec-fetch-site': 'same-origin', origin: server.url }, 200],
  ['a page of another origin', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a page of another port', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }, 403],
])('by the cookie that an invitation sets, %s', async (_, headers, status) => {
  const opened = await fetch(server.invite(), { redirect: 'manual' });
  expect(opened.status).toBe(303);
  const set = opened.headers.get('set-cookie') ?? '';
  expect(set).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(await call({ ...headers, cookie: set.split(';')[0] ?? '', host: new URL(server.url).host })).toBe(status);
});

test('an invitation works once', async () => {
  const address = server.invite();
  await fetch(address, { redirect: 'manual' });
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(401);
});

test('the page may be visited from anywhere, but loads nothing from elsewhere', async () => {
  const visit = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect(await call(visit, undefined, '/')).toBe(200);
  expect(await call(visit, undefined, '/runs')).toBe(403);
  expect((await fetch(server.url)).headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('the token is created once, and only its owner may read it', () => {
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
