import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryFiles } from '../../../../local/s3/memory-files.ts';
import { createS3, type S3 } from '../../../../local/s3/s3.ts';
import { answerS3 } from '../../../../local/wire/s3/s3-protocol.ts';

const clock = { now: () => Date.UTC(2026, 10, 22), at: () => () => {} };
let s3: S3;

beforeEach(() => {
  s3 = createS3({
    database: new DatabaseSync(':memory:'),
    files: createMemoryFiles(clock.now),
    clock,
    uuid: () => 'id',
    account: '0',
    emit: () => {},
  });
  s3.createBucket('landing');
  send('PUT', '/landing/k', { body: 'abcdef' });
});

type Sent = { readonly headers?: Record<string, string>; readonly body?: string };

function send(method: string, target: string, { headers = {}, body = '' }: Sent = {}) {
  const [path = '', query = ''] = target.split('?');
  const request = { method, path, query: new URLSearchParams(query), headers, body: Buffer.from(body) };
  const answered = answerS3(s3, request);
  return { status: answered.status, headers: answered.headers, text: Buffer.from(answered.body).toString() };
}

const code = (text: string) => /<Code>(\w+)<\/Code>/.exec(text)?.[1];
const stored = (key: string) => Buffer.from(s3.get('landing', key)).toString();

describe('what is not served', () => {
  test.each([
    ...['retention', 'legal-hold', 'acl', 'tagging', 'renameObject', 'torrent', 'attributes', 'anything'].flatMap(
      (name) => ['PUT', 'GET', 'POST', 'DELETE'].map((method) => [method, `/landing/k?${name}`]),
    ),
    ...['policy', 'cors', 'website', 'lifecycle', 'versioning', 'acl', 'encryption', 'anything'].flatMap((name) =>
      ['PUT', 'POST', 'DELETE'].map((method) => [method, `/new-bucket?${name}`]),
    ),
    ['GET', '/landing?uploads'],
    ['GET', '/landing?cors'],
    ['POST', '/landing/k?select&select-type=2'],
    ['POST', '/landing'],
    ['PATCH', '/landing/k'],
    ['PUT', '/'],
  ])('%s %s is NotImplemented, and changes nothing', (method, target) => {
    const { status, text } = send(method, target, { body: '<Xml/>' });
    expect({ status, code: code(text) }).toEqual({ status: 501, code: 'NotImplemented' });
    expect(stored('k')).toBe('abcdef');
    expect(s3.buckets()).toEqual(['landing']);
  });

  test.each(['x-amz-write-offset-bytes', 'x-amz-tagging', 'x-amz-object-lock-mode'])(
    'a PUT with %s is refused',
    (name) => {
      expect(code(send('PUT', '/landing/k', { headers: { [name]: '1' }, body: 'new' }).text)).toBe('NotImplemented');
      expect(stored('k')).toBe('abcdef');
    },
  );

  test('a version of an object that is not versioned does not exist', () => {
    expect(code(send('GET', '/landing/k?versionId=abc').text)).toBe('NoSuchVersion');
    expect(send('GET', '/landing/k?versionId=null').text).toBe('abcdef');
  });
});

test.each([
  ['<N><EventBridgeConfiguration/></N>', 200],
  ['<N/>', 501],
  ['<N><EventBridgeConfiguration/><QueueConfiguration/></N>', 501],
])('buckets send notifications only to EventBridge: %s', (body, status) => {
  expect(send('PUT', '/landing?notification', { body }).status).toBe(status);
  expect(send('GET', '/landing?notification').text).toContain('<EventBridgeConfiguration>');
});

describe('conditions', () => {
  const etag = '"e80b5017098950fc58aad83c8c14978e"';
  const later = 'Mon, 23 Nov 2026 00:00:00 GMT';
  const earlier = 'Sat, 21 Nov 2026 00:00:00 GMT';
  test.each<[string, Record<string, string>, number]>([
    ['GET', { 'if-match': etag }, 200],
    ['GET', { 'if-match': '"other"' }, 412],
    ['GET', { 'if-none-match': etag }, 304],
    ['HEAD', { 'if-none-match': etag }, 304],
    ['GET', { 'if-none-match': '"other"' }, 200],
    ['GET', { 'if-modified-since': later }, 304],
    ['GET', { 'if-modified-since': earlier }, 200],
    ['GET', { 'if-modified-since': 'nonsense' }, 200],
    ['GET', { 'if-unmodified-since': earlier }, 412],
    ['GET', { 'if-match': etag, 'if-unmodified-since': earlier }, 200],
    ['PUT', { 'if-none-match': '*' }, 412],
    ['PUT', { 'if-none-match': etag }, 501],
    ['PUT', { 'if-match': '"other"' }, 412],
    ['PUT', { 'if-match': etag }, 200],
    ['DELETE', { 'if-match': '"other"' }, 412],
    ['PUT', { 'x-amz-copy-source': '/landing/k', 'x-amz-metadata-directive': 'REPLACE', 'if-none-match': '*' }, 412],
    ['PUT', { 'x-amz-copy-source': '/landing/k', 'x-amz-copy-source-if-match': '"other"' }, 412],
    ['PUT', { 'x-amz-copy-source': '/landing/k', 'x-amz-copy-source-if-none-match': etag }, 412],
  ])('%s with %j is %i', (method, headers, status) => {
    expect(send(method, '/landing/k', { headers, body: 'new' }).status).toBe(status);
    expect(stored('k')).toBe(status === 200 && method === 'PUT' ? 'new' : 'abcdef');
  });

  test('an object that is not there meets If-None-Match, and not If-Match', () => {
    expect(send('PUT', '/landing/n', { headers: { 'if-match': etag } }).status).toBe(404);
    expect(send('PUT', '/landing/n', { headers: { 'if-none-match': '*' } }).status).toBe(200);
  });
});

describe('ranges', () => {
  test.each([
    ['bytes=0-1', 206, 'ab', 'bytes 0-1/6'],
    ['bytes=4-', 206, 'ef', 'bytes 4-5/6'],
    ['bytes=-2', 206, 'ef', 'bytes 4-5/6'],
    ['bytes=-99', 206, 'abcdef', 'bytes 0-5/6'],
    ['bytes=4-99', 206, 'ef', 'bytes 4-5/6'],
    ['bytes=3-1', 200, 'abcdef', undefined],
    ['bytes=0-1,3-4', 200, 'abcdef', undefined],
    ['lines=1-2', 200, 'abcdef', undefined],
  ])('%s', (range, status, text, contentRange) => {
    const got = send('GET', '/landing/k', { headers: { range } });
    expect([got.status, got.text, got.headers['content-range']]).toEqual([status, text, contentRange]);
    const head = send('HEAD', '/landing/k', { headers: { range } });
    expect([head.status, head.headers['content-range'], head.text]).toEqual([status, contentRange, '']);
  });

  test.each(['bytes=6-', 'bytes=-0'])('%s is outside of the object', (range) => {
    expect(send('GET', '/landing/k', { headers: { range } }).status).toBe(416);
  });
});

describe('what an object keeps', () => {
  const kept = { 'content-type': 'text/csv', 'x-amz-meta-owner': 'me', 'cache-control': 'no-store' };

  test('comes back with it, and goes with a copy, but not with the next version', () => {
    send('PUT', '/landing/m', { headers: { ...kept, 'content-encoding': 'gzip,aws-chunked' }, body: '0\r\n\r\n' });
    expect(send('HEAD', '/landing/m').headers).toMatchObject({ ...kept, 'content-encoding': 'gzip' });
    send('PUT', '/landing/c', { headers: { 'x-amz-copy-source': 'landing/m' } });
    expect(send('GET', '/landing/c').headers).toMatchObject(kept);
    const replaced = { 'x-amz-copy-source': 'landing/m', 'x-amz-metadata-directive': 'REPLACE', 'content-type': 'a/b' };
    send('PUT', '/landing/m', { headers: replaced });
    expect(send('GET', '/landing/m').headers).toMatchObject({ 'content-type': 'a/b' });
    expect(send('GET', '/landing/m').headers).not.toHaveProperty('x-amz-meta-owner');
    send('PUT', '/landing/c', { body: 'new' });
    expect(send('GET', '/landing/c').headers['content-type']).toBe('binary/octet-stream');
  });

  test('is replaced in an answer that is asked for so', () => {
    const { headers } = send('GET', '/landing/k?response-content-type=text%2Fplain');
    expect(headers['content-type']).toBe('text/plain');
  });

  test('is no copy onto itself', () => {
    const { text } = send('PUT', '/landing/k', { headers: { 'x-amz-copy-source': '/landing/k' } });
    expect(code(text)).toBe('InvalidRequest');
  });
});

describe('checksums', () => {
  const right = {
    crc32: 'y/Q5Jg==',
    crc32c: '4waSgw==',
    crc64nvme: 'rosUhgp5mIg=',
    sha1: '98O8HYCOBHMq32eZZczDTKeuNEE=',
    sha256: 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=',
  };
  test.each(Object.entries(right))('%s is checked, kept and shown', (algorithm, sum) => {
    const name = `x-amz-checksum-${algorithm}`;
    expect(code(send('PUT', '/landing/k', { headers: { [name]: 'AAAA' }, body: '123456789' }).text)).toBe('BadDigest');
    expect(stored('k')).toBe('abcdef');
    const put = send('PUT', '/landing/k', { headers: { [name]: sum }, body: '123456789' });
    expect(put.headers).toMatchObject({ [name]: sum });
    expect(send('HEAD', '/landing/k', { headers: { 'x-amz-checksum-mode': 'ENABLED' } }).headers[name]).toBe(sum);
    expect(send('HEAD', '/landing/k').headers[name]).toBeUndefined();
  });

  test.each<[string, Record<string, string>, string]>([
    ['a trailer', { 'content-encoding': 'aws-chunked' }, 'BadDigest'],
    [
      'the decoded length',
      { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '5' },
      'IncompleteBody',
    ],
    ['Content-MD5', { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==' }, 'BadDigest'],
    ['an invalid Content-MD5', { 'content-md5': 'abc' }, 'InvalidDigest'],
    ['the signed hash', { 'x-amz-content-sha256': '0'.repeat(64) }, 'XAmzContentSHA256Mismatch'],
  ])('%s is checked', (_name, headers, expected) => {
    const body = '3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
    expect(code(send('PUT', '/landing/k', { headers, body }).text)).toBe(expected);
    expect(stored('k')).toBe('abcdef');
  });
});

describe('a listing', () => {
  const keysOf = (text: string) => [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key);
  beforeEach(() => {
    for (let index = 0; index < 5; index += 1) send('PUT', `/landing/p${index}`);
  });

  test.each([
    ['V1, by marker', '/landing?prefix=p&max-keys=2', 'marker', /<Key>([^<]*)<\/Key>(?![\s\S]*<Key>)/],
    [
      'V2, by token',
      '/landing?list-type=2&prefix=p&max-keys=2',
      'continuation-token',
      /<NextContinuationToken>([^<]*)/,
    ],
  ])('%s, ends after all pages', (_name, target, parameter, next) => {
    const keys: unknown[] = [];
    let { text } = send('GET', target);
    for (let pages = 1; pages < 9; pages += 1) {
      keys.push(...keysOf(text));
      if (text.includes('<IsTruncated>false')) break;
      text = send('GET', `${target}&${parameter}=${encodeURIComponent(next.exec(text)?.[1] ?? '')}`).text;
    }
    expect(keys).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
  });

  test('has ETags, and refuses tokens and sizes that are none', () => {
    expect(send('GET', '/landing?list-type=2').text).toContain('<ETag>&quot;e80b5017098950fc58aad83c8c14978e&quot;');
    expect(code(send('GET', '/landing?list-type=2&continuation-token=x').text)).toBe('InvalidArgument');
    expect(code(send('GET', '/landing?max-keys=many').text)).toBe('InvalidArgument');
  });

  test('of versions has one of each, and there is a location', () => {
    expect(send('GET', '/landing?versions').text.match(/<VersionId>null/g)).toHaveLength(6);
    expect(send('GET', '/landing?location').text).toContain('LocationConstraint');
    expect(send('HEAD', '/elsewhere').status).toBe(404);
  });
});

describe('deleting', () => {
  test('takes many objects at once, whose names may need escapes', () => {
    send('PUT', '/landing/a%26%3C%C3%BC');
    const body = '<Delete><Object><Key>a&amp;&lt;&#252;</Key></Object><Object><Key>gone</Key></Object></Delete>';
    expect(send('POST', '/landing?delete', { body }).text.match(/<Deleted>/g)).toHaveLength(2);
    expect(s3.list('landing', '').map(({ key }) => key)).toEqual(['k']);
    expect(code(send('POST', '/landing?delete', { body: '<Delete/>' }).text)).toBe('MalformedXML');
  });

  test('takes an empty bucket only', () => {
    expect(send('DELETE', '/landing').status).toBe(409);
    send('DELETE', '/landing/k');
    expect(send('DELETE', '/landing').status).toBe(204);
    expect(s3.buckets()).toEqual([]);
    expect(send('DELETE', '/landing').status).toBe(404);
  });
});

describe('an upload in parts', () => {
  const large = 'a'.repeat(5 * 1024 * 1024);
  const part = (number: number, body: string): string =>
    String(send('PUT', `/landing/big?uploadId=id&partNumber=${number}`, { body }).headers.etag);
  const complete = (parts: readonly (readonly [number: number, etag: string])[]) => {
    const body = parts.map(([number, etag]) => `<Part><ETag>${etag}</ETag><PartNumber>${number}</PartNumber></Part>`);
    return send('POST', '/landing/big?uploadId=id', { body: `<CompleteMultipartUpload>${body.join('')}</X>` });
  };

  beforeEach(() => void send('POST', '/landing/big?uploads'));

  test('has an ETag that counts its parts, and is found by it', () => {
    const parts = [[1, part(1, large)] as const, [3, part(3, 'bc')] as const];
    expect(complete(parts).text).toMatch(/<ETag>&quot;[0-9a-f]{32}-2&quot;/);
    expect(send('HEAD', '/landing/big').headers.etag).toMatch(/-2"$/);
    expect(send('GET', '/landing/big', { headers: { range: 'bytes=-3' } }).text).toBe('abc');
  });

  test('is refused when a part is missing, changed, out of order or too small', () => {
    const first = [1, part(1, large)] as const;
    const [second, third] = [[2, part(2, 'bc')] as const, [3, part(3, 'd')] as const];
    const refused = {
      InvalidPart: [first, [9, third[1]]],
      InvalidPartOrder: [second, first],
      EntityTooSmall: [second, third],
    } as const;
    for (const [name, parts] of Object.entries(refused)) expect(code(complete(parts).text)).toBe(name);
    expect(code(complete([[1, third[1]]]).text)).toBe('InvalidPart');
    expect(code(complete([]).text)).toBe('MalformedXML');
    expect(complete([first]).status).toBe(200);
  });
});

test('the first part of an object that was put at once is all of it', () => {
  expect(send('GET', '/landing/k?partNumber=1')).toMatchObject({ status: 206, text: 'abcdef' });
  expect(code(send('GET', '/landing/k?partNumber=2').text)).toBe('InvalidPartNumber');
});

test('a URL signed in the older way names the headers that it was signed with', () => {
  const query = 'AWSAccessKeyId=x&Signature=y&Expires=1&content-type=text%2Fx';
  expect(send('PUT', `/landing/signed?${query}`, { body: 'x', headers: { 'content-type': 'text/x' } }).status).toBe(
    200,
  );
  expect(send('HEAD', '/landing/signed').headers['content-type']).toBe('text/x');
});
