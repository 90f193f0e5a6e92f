import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { locateIn } from '../../infra/locate-in.ts';

const text = `service: shop
provider:
  name: aws
  stage: a-b
resources: !Sub x
custom:
  gluewright:
    buckets: { landing: acme-landing, lake: 5 }
`;
const file = path.join(mkdtempSync(path.join(tmpdir(), 'locate-')), 'serverless.yml');
writeFileSync(file, text);
const place = locateIn(file);

test.each([
  [['provider', 'stage'], true, '4:3'],
  [['provider', 'stage'], false, '4:10'],
  [['custom', 'gluewright', 'buckets', 'lake'], true, '8:39'],
  // a missing part gets the place of its parent
  [['custom', 'gluewright', 'nested'], true, '7:3'],
  [['functions'], true, '1:1'],
])('%j, the key: %s, is at %s', (at, key, expected) => {
  const { line, column } = place(key ? { path: at, key } : { path: at });
  expect(`${line}:${column}`).toBe(expected);
});

test('a missing file has one place', () => {
  expect(locateIn('/nowhere/serverless.yml')({ path: ['a'] })).toEqual({ line: 1, column: 1 });
});
