import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { literalKeys, slimSdk, withoutErrors } from '../../infra/slim-sdk.ts';

test('keys named by a constant of the same file become literals', () => {
  const source = 'const _h = "http";\nconst _q = "a\\"b";\nexport var A = { [_h]: 1, [_q]: [_h] };';
  expect(literalKeys(source)).toBe(
    'const _h = "http";\nconst _q = "a\\"b";\nexport var A = { "http": 1, "a\\"b": [_h] };',
  );
});

test('other keys are not changed', () => {
  const source = 'const other = "x";\nexport var A = { [_gone]: 1, [other]: 2, [f()]: 3 };';
  expect(literalKeys(source)).toBe(source);
});

test('modelled errors are not registered, except their base class and those that the ledger checks by class', () => {
  const base = '_s_registry.registerError(SFNServiceException$, SFNServiceException);';
  const known = 'n0_registry.registerError(TransactionCanceledException$, TransactionCanceledException);';
  const source = `${base}\nn0_registry.registerError(TaskTimedOut$, TaskTimedOut);\n${known}\nvar keep = 1;`;
  expect(withoutErrors(source)).toBe(`${base}\n\n${known}\nvar keep = 1;`);
});

/** A client whose every call fails. Returns the client's error. */
const entry = `
  import { DynamoDBClient, GetItemCommand, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
  export async function fail(type) {
    const body = JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#' + type, CancellationReasons: [{ Code: 'None' }] });
    const response = { statusCode: 400, headers: {}, body: new TextEncoder().encode(body) };
    const requestHandler = { handle: async () => ({ response }), metadata: {}, destroy() {} };
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = new DynamoDBClient({ region: 'eu-west-1', credentials, requestHandler, maxAttempts: 1 });
    const error = await client.send(new GetItemCommand({ TableName: 't', Key: {} })).catch((thrown) => thrown);
    return [error.name, error instanceof TransactionCanceledException, error.CancellationReasons, error.$metadata.httpStatusCode];
  }`;

test('in a bundle the ledger’s errors keep their classes, and others only their names', async () => {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: path.resolve(import.meta.dirname, '../..') },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins: [slimSdk],
  });
  const text = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { fail } = await import(`data:text/javascript;base64,${text}`);
  expect(await fail('TransactionCanceledException')).toEqual([
    'TransactionCanceledException',
    true,
    [{ Code: 'None' }],
    400,
  ]);
  expect((await fail('ThrottlingException')).slice(0, 2)).toEqual(['ThrottlingException', false]);
  expect((await fail('ResourceNotFoundException'))[0]).toBe('ResourceNotFoundException');
});
