import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { visit } from '../../../shared/services/visit.ts';

const server = createServer(({ url = '/' }, response) => {
  if (url === '/moved') response.writeHead(302, { location: '/ready' });
  else response.statusCode = url === '/ready' ? 200 : 404;
  response.end('x');
});
let base = '';
beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

test.each([
  ['/ready', 200],
  ['/missing', 404],
  ['/moved', 302],
])('%s has the status %i, and no redirect is followed', async (path, status) => {
  expect(await visit(base + path)).toBe(status);
});

test('an address that nobody answers has the status 0', async () => {
  expect(await visit('http://127.0.0.1:1/')).toBe(0);
});
