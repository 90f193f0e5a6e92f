import { createServer } from 'node:http';

/** Stands in for the proxy of a user's shell. It counts connections, and refuses all of them. */
export async function openCountingProxy() {
  const asked: string[] = [];
  const server = createServer().on('connect', (request, client) => {
    asked.push(request.url ?? '');
    client.end('HTTP/1.1 418 Counted\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}
