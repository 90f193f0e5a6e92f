import { expect, test } from 'vitest';
import { httpRequest } from '../../../../local/engine/test-state/http-call.ts';

test('a request has the headers of the definition and those of Step Functions', () => {
  const sent = {
    Method: 'POST',
    ApiEndpoint: 'https://a.example',
    Headers: { one: 'h1' },
    RequestBody: { m: 'Hello' },
  };
  expect(httpRequest(sent, 'eu-west-1')).toEqual({
    protocol: 'https',
    method: 'POST',
    url: 'https://a.example',
    headers: '[one: h1, User-Agent: Amazon|StepFunctions|HttpInvoke|eu-west-1, Range: bytes=0-262144]',
    body: '{"m":"Hello"}',
  });
});

test.each([
  [undefined, 'a%5B0%5D=1&a%5B1%5D=2&b=x%20y'],
  ['INDICES', 'a%5B0%5D=1&a%5B1%5D=2&b=x%20y'],
  ['BRACKETS', 'a%5B%5D=1&a%5B%5D=2&b=x%20y'],
  ['REPEAT', 'a=1&a=2&b=x%20y'],
  ['COMMAS', 'a=1%2C2&b=x%20y'],
])('a body is encoded for a URL, with arrays as %s', (ArrayFormat, body) => {
  const options = ArrayFormat === undefined ? {} : { RequestEncodingOptions: { ArrayFormat } };
  const Transform = { RequestBodyEncoding: 'URL_ENCODED', ...options };
  expect(httpRequest({ RequestBody: { a: [1, 2], b: 'x y' }, Transform }, 'r')).toMatchObject({ body });
});
