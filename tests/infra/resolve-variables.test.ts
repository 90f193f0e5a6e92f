import { expect, test } from 'vitest';
import { resolveVariables } from '../../infra/resolve-variables.ts';
import type { Json } from '../../shared/json.ts';

const document: Json = {
  service: 'acme',
  provider: { logRetentionInDays: 30 },
  circle: `\${self:circle}`,
  // a value may contain characters with a meaning in a replacement
  odd: '$& and $1',
  custom: { names: { dev: `\${self:service}-dev`, prod: 'acme' } },
};

function resolve(value: Json): { value: Json; unknown: string[] } {
  const unknown: string[] = [];
  const source = { document, stage: 'dev', env: { REGION: 'eu-west-1' } };
  return { value: resolveVariables(value, source, (variable) => unknown.push(variable)), unknown };
}

test.each<[string, Json]>([
  ['plain', 'plain'],
  [`\${self:service}-\${sls:stage}-landing`, 'acme-dev-landing'],
  [`\${self:provider.logRetentionInDays}`, 30],
  [`\${self:custom.names}`, { dev: 'acme-dev', prod: 'acme' }],
  [`\${self:custom.names.\${opt:stage}}`, 'acme-dev'],
  [`\${opt:region, env:REGION, 'us-east-1'}`, 'eu-west-1'],
  [`\${opt:region, env:NOTHING, 'us-east-1'}`, 'us-east-1'],
  [`\${self:nothing, true}`, true],
  [`<\${self:odd}>`, '<$& and $1>'],
])('%s is %j', (written, expected) => {
  expect(resolve({ list: [written] })).toEqual({ value: { list: [expected] }, unknown: [] });
});

test.each([`\${ssm:/acme/bucket}`, `\${self:circle}`, `\${self:nothing}`])(
  '%s has no value here and stays unresolved',
  (written) => {
    expect(resolve(written)).toEqual({ value: written, unknown: [written] });
  },
);
