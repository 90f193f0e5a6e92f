import { expect, test } from 'vitest';
import { readSettings } from '../../../shared/deploy/template/read-settings.ts';

test('every setting has a default', () => {
  expect(readSettings('acme-dev', undefined).settings).toEqual({
    stack: 'acme-dev',
    partition: 'aws',
    buckets: {},
    logRetentionDays: 30,
    dashboard: true,
    release: { kind: 'all-at-once' },
    api: { kind: 'iam' },
    nested: false,
    pools: {},
    functions: {},
    machineRoles: {},
    channels: {},
    jobPolicies: [],
    roles: {},
  });
});

test('all settings are read', () => {
  const value = {
    buckets: { landing: 'acme-landing', lake: { name: 'acme-lake', create: true } },
    logRetentionDays: 7,
    alarmTopic: 'arn:aws:sns:eu-west-1:111122223333:alarms',
    dashboard: false,
    release: { canary: { percent: 10, minutes: 60 } },
    api: { jwt: { issuer: 'https://issuer.example', audience: ['acme'], scopes: { read: 'r', act: 'a' } } },
    nested: true,
    pools: { warehouse: 16 },
    functions: { rates: 'acme-rates' },
    machineRoles: { hand: 'arn:aws:iam::111122223333:role/hand' },
    jobPolicies: ['arn:aws:iam::111122223333:policy/jobs'],
    notify: { oncall: { email: ['a@example.com'], on: ['failed'] } },
    roles: { path: '/teams/data/', permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' },
    kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b',
  };
  const { notify: _, ...others } = value;
  expect(readSettings('acme-dev', value).settings).toEqual({
    ...others,
    channels: { oncall: { kind: 'email', addresses: ['a@example.com'], on: ['failed'] } },
    stack: 'acme-dev',
    partition: 'aws',
    buckets: { landing: { name: 'acme-landing', create: false }, lake: { name: 'acme-lake', create: true } },
    release: { kind: 'canary', percent: 10, minutes: 60 },
    api: { kind: 'jwt', issuer: 'https://issuer.example', audience: ['acme'], scopes: { read: 'r', act: 'a' } },
  });
});

test('names of buckets contain the account and the Region, so no two collide', () => {
  const value = { buckets: { landing: { name: 'acme-landing-{account}-{region}', create: true } } };
  const { settings } = readSettings('acme-dev', value, { account: '111122223333', region: 'eu-central-1' });
  expect(settings?.buckets.landing?.name).toBe('acme-landing-111122223333-eu-central-1');
  expect(readSettings('acme-dev', value).settings?.buckets.landing?.name).toContain('000000000000');
});

test.each([
  ['eu-west-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('ARNs of %s begin with arn:%s', (region, partition) => {
  expect(readSettings('acme-dev', {}, { region }).settings?.partition).toBe(partition);
});

test.each([
  ['an unknown setting', { bukets: {} }, 'custom.gluewright.bukets: unknown setting `bukets`; did you mean `buckets`?'],
  [
    'a channel without a destination',
    { notify: { oncall: { mail: 'a@example.com' } } },
    'notify.oncall` should be {email: [addresses]}, {topic: ARN of an SNS topic',
  ],
  ['a list', [], 'custom.gluewright` should be settings by their names'],
  ['a retention that CloudWatch lacks', { logRetentionDays: 31 }, 'logRetentionDays` should be one of 1, 3, 5'],
  ['an invalid topic', { alarmTopic: 'alarms' }, 'alarmTopic` should be the ARN of an SNS topic'],
  [
    'a canary of everybody',
    { release: { canary: { percent: 100, minutes: 1 } } },
    'release.canary.percent` should be 1 to 99',
  ],
  [
    'an issuer without TLS',
    { api: { jwt: { issuer: 'http://x', audience: ['a'] } } },
    'api.jwt.issuer` should be an https:// address',
  ],
  ['a release of another kind', { release: 'slow' }, 'release` should be all-at-once, or {canary'],
  ['an invalid bucket name', { buckets: { landing: 'A' } }, 'buckets.landing` should be a bucket name'],
  ['a path that IAM refuses', { roles: { path: 'teams' } }, 'roles.path` should be a path such as /teams/data/'],
  ['an alias of a key', { kmsKey: 'alias/data' }, 'kmsKey` should be the ARN of a KMS key'],
  [
    'a function that JavaScript has for all objects',
    { functions: { constructor: 5 } },
    'functions.constructor` should be the name of a function, but is the number 5; see the settings',
  ],
  ['an invalid role', { machineRoles: { hand: 'mine' } }, 'machineRoles.hand` should be the ARN of a role'],
])('%s is a problem that names the expected value', (_, value, expected) => {
  const { settings, problems } = readSettings('acme-dev', value);
  expect(settings).toBeUndefined();
  expect(problems.map(({ path, message, remedy }) => `${path.join('.')}: ${message}; ${remedy}`).join('\n')).toContain(
    expected,
  );
});
