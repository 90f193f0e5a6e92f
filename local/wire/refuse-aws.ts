import type { IncomingMessage } from 'node:http';
import { connect as connectTcp } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/**
 * The HTTPS proxy of local jobs. It refuses tunnels to AWS, so that an endpoint in a script cannot reach a real
 * account. It passes everything else on, through the shell's own proxy if there is one.
 */
export function refuseAws(shellProxy: string | undefined) {
  return (request: IncomingMessage, client: Duplex, head: Buffer): void => {
    client.on('error', () => client.destroy());
    const target = request.url ?? '';
    const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(target) ?? [];
    if (host === '' || isAws(host)) {
      const why =
        host === '' ? 'write CONNECT HOST:PORT' : `${host} belongs to AWS: local jobs can reach only AWS_ENDPOINT_URL`;
      answer(client, '403 Forbidden', why);
      return;
    }
    const proxy = shellProxy === undefined ? undefined : URL.parse(shellProxy);
    const upstream = proxy ? openProxy(proxy) : connectTcp({ host, port: Number(port) });
    upstream.on('error', (error) => answer(client, '502 Bad Gateway', error.message));
    upstream.once(proxy?.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      if (proxy) upstream.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${credentialsOf(proxy)}\r\n`);
      // The shell's proxy answers the CONNECT itself.
      else client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    client.once('close', () => upstream.destroy());
  };
}

/** Hosts of AWS services in all partitions. */
export function isAws(host: string): boolean {
  return /(^|\.)(amazonaws\.(com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.com\.cn)\.?$/i.test(host);
}

function openProxy(proxy: URL) {
  const isTls = proxy.protocol === 'https:';
  const at = { host: proxy.hostname, port: Number(proxy.port === '' ? (isTls ? 443 : 80) : proxy.port) };
  return isTls ? connectTls({ ...at, servername: proxy.hostname }) : connectTcp(at);
}

function credentialsOf({ username, password }: URL): string {
  if (username === '') return '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(pair).toString('base64')}\r\n`;
}

function answer(client: Duplex, status: string, text: string): void {
  client.end(`HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n${text}\n`);
}
