import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkTemplate } from '../shared/deploy/check-template.ts';

test('CloudFormation’s schema finds nothing wrong with the role of verify-account', () => {
  const text = readFileSync(new URL('../../infra/verify-account-role.yml', import.meta.url), 'utf8');
  expect(checkTemplate(parse(text), ['Stack'])).toEqual([]);
});
