import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, test } from 'vitest';
import { removeOldArtifacts } from '../../../infra/artifacts/remove-old-artifacts.ts';

const s3 = mockClient(S3Client);
afterEach(() => s3.reset());

const folder = 'serverless/acme/dev/';
const now = Date.parse('2026-11-29T12:00:00Z');
const old = new Date('2026-10-01T00:00:00Z');
const key = (place: string, digit: string, file: string) => `${folder}${place}/${digit.repeat(32)}/${file}`;

/** @param texts of the templates; other objects have none that matters */
function stored(keys: Readonly<Record<string, Date>>, texts: Readonly<Record<string, string>>): void {
  s3.on(ListObjectsV2Command, { Bucket: 'deployments', Prefix: folder }).resolves({
    Contents: Object.entries(keys).map(([Key, LastModified]) => ({ Key, LastModified })),
  });
  for (const [Key, text] of Object.entries(texts)) {
    const Body = { transformToString: async () => text };
    s3.on(GetObjectCommand, { Bucket: 'deployments', Key }).callsFake(() => ({ Body }));
  }
  s3.on(DeleteObjectsCommand).resolves({});
}

async function removed(): Promise<string[]> {
  const count = await removeOldArtifacts({ region: 'eu-west-1' }, { bucket: 'deployments', folder, now });
  const deleted = s3.commandCalls(DeleteObjectsCommand).flatMap(({ args }) => args[0].input.Delete?.Objects ?? []);
  expect(count).toBe(deleted.length);
  return deleted.map(({ Key = '' }) => Key);
}

const template = `${folder}1764400000000-2026-11-29T07:06:40.000Z/compiled-cloudformation-template.json`;
const [script, unused] = [key('jobs', 'a', 'load.py'), key('jobs', 'b', 'load.py')];

test('only artifacts that no template names are removed', async () => {
  const other = `${folder}1764400000000-2026-11-29T07:06:40.000Z/api.zip`;
  stored({ [script]: old, [unused]: old, [template]: old, [other]: old }, { [template]: `{"x":"/${script}"}` });
  expect(await removed()).toEqual([unused]);
});

test('a live nested template’s artifacts stay', async () => {
  const [stack, gone] = [key('stacks', 'c', 'PipelineOrders.json'), key('stacks', 'd', 'PipelineOrders.json')];
  const [definition, before] = [key('definitions', 'e', 'orders.json'), key('definitions', 'f', 'orders.json')];
  stored(
    { [template]: old, [stack]: old, [gone]: old, [definition]: old, [before]: old },
    { [template]: `{"x":"/${stack}"}`, [stack]: `{"Key":"${definition}"}`, [gone]: `{"Key":"${before}"}` },
  );
  expect((await removed()).sort()).toEqual([before, gone]);
});

test('an artifact of today stays, since its deployment may be in progress', async () => {
  stored({ [script]: old, [unused]: new Date(now - 3_600_000), [template]: old }, { [template]: `"/${script}"` });
  expect(await removed()).toEqual([]);
});

test('without a template nothing is removed', async () => {
  stored({ [script]: old, [unused]: old }, {});
  expect(await removed()).toEqual([]);
});

test('it is an error if S3 does not delete an object', async () => {
  stored({ [script]: old, [unused]: old, [template]: old }, { [template]: `"/${script}"` });
  s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: unused, Code: 'AccessDenied', Message: 'Access Denied' }] });
  await expect(removed()).rejects.toThrow(`${unused}: Access Denied`);
});

test.each([
  ['listed', () => s3.on(ListObjectsV2Command).rejects(new Error('SlowDown'))],
  ['read', () => s3.on(GetObjectCommand).rejects(new Error('SlowDown'))],
])('nothing is removed if the templates cannot be %s', async (_, fail) => {
  stored({ [unused]: old, [template]: old }, {});
  fail();
  await expect(removed()).rejects.toThrow('SlowDown');
  expect(s3.commandCalls(DeleteObjectsCommand)).toEqual([]);
});
