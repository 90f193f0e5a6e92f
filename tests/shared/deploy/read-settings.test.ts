import { expect, test } from 'vitest';
import { readSettings } from '../../../shared/deploy/template/read-settings.ts';

test('what is not said has a default', () => {
  expect(readSettings('acme-dev', undefined).settings).toEqual({
    stack: 'acme-dev',
    buckets: {},
    logRetentionDays: 30,
    dashboard: true,
    release: { kind: 'all-at-once' },
    api: { kind: 'iam' },
    nested: false,
    machineRoles: {},
    jobPolicies: [],
    roles: {},
  });
});

test('what is said is read', () => {
  const value = {
    buckets: { landing: 'acme-landing', lake: { name: 'acme-lake', create: true } },
    logRetentionDays: 7,
    alarmTopic: 'arn:aws:sns:eu-west-1:111122223333:alarms',
    dashboard: false,
    release: { canary: { percent: 10, minutes: 60 } },
    api: { jwt: { issuer: 'https://issuer.example', audience: ['acme'], scopes: { read: 'r', act: 'a' } } },
    nested: true,
    machineRoles: { hand: 'arn:aws:iam::111122223333:role/hand' },
    jobPolicies: ['arn:aws:iam::111122223333:policy/jobs'],
    roles: { path: '/teams/data/', permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' },
    kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b',
  };
  expect(readSettings('acme-dev', value).settings).toEqual({
    ...value,
    stack: 'acme-dev',
    buckets: { landing: { name: 'acme-landing', create: false }, lake: { name: 'acme-lake', create: true } },
    release: { kind: 'canary', percent: 10, minutes: 60 },
    api: { kind: 'jwt', issuer: 'https://issuer.example', audience: ['acme'], scopes: { read: 'r', act: 'a' } },
  });
});

test.each([
  ['an unknown setting', { bukets: {} }, 'custom.gluewright: there is no setting bukets'],
  ['a list', [], 'custom.gluewright: expected settings by their names'],
  ['a retention that CloudWatch has not', { logRetentionDays: 31 }, 'logRetentionDays: expected one of 1, 3, 5'],
  ['a topic that is none', { alarmTopic: 'alarms' }, 'alarmTopic: expected the ARN of an SNS topic'],
  [
    'a canary of everybody',
    { release: { canary: { percent: 100, minutes: 1 } } },
    'release.canary.percent: expected 1 to 99',
  ],
  [
    'an issuer without TLS',
    { api: { jwt: { issuer: 'http://x', audience: ['a'] } } },
    'api.jwt.issuer: expected an https:// address',
  ],
  ['a release of another kind', { release: 'slow' }, 'release: expected all-at-once, or {canary'],
  ['a bucket that S3 has not', { buckets: { landing: 'A' } }, 'buckets.landing: expected a bucket name'],
  ['a path that IAM refuses', { roles: { path: 'teams' } }, 'roles.path: expected a path such as /teams/data/'],
  ['an alias of a key', { kmsKey: 'alias/data' }, 'kmsKey: expected the ARN of a KMS key'],
  ['a role that is none', { machineRoles: { hand: 'mine' } }, 'machineRoles.hand: expected the ARN of a role'],
])('%s is a problem that says what is expected', (_, value, expected) => {
  const { settings, problems } = readSettings('acme-dev', value);
  expect(settings).toBeUndefined();
  expect(problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n')).toContain(expected);
});
