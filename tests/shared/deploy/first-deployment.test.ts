import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Template } from '../../../shared/deploy/template/template.ts';
import { checkTemplate } from './check-template.ts';
import { fromServerless, settings, template } from './example.ts';

const ofType = (type: string, stack: Template = template()) =>
  Object.values(stack.Resources).filter(({ Type }) => Type === type);

test('a failed first deployment leaves nothing that blocks the second', () => {
  const kept = Object.values(template().Resources).filter(
    ({ UpdateReplacePolicy }) => UpdateReplacePolicy === 'Retain',
  );
  expect(kept.map(({ Type }) => Type).sort()).toEqual([
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::S3::Bucket',
    'AWS::StepFunctions::StateMachineVersion',
  ]);
  expect(new Set(kept.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['RetainExceptOnCreate']));
  // CloudFormation could not delete it if the deployment failed.
  expect(template().Resources.Ledger?.Properties).not.toHaveProperty('DeletionProtectionEnabled');
});

test('each Region of an account has its own dashboard', () => {
  const { DashboardName } = template().Resources.Dashboard?.Properties ?? {};
  expect(DashboardName).toEqual({ 'Fn::Sub': `gluewright-test-\${AWS::Region}` });
});

test('a rule is made after everything its events need: permission, queue policies, the function with the new catalog', () => {
  const { Resources } = template();
  expect(Resources.ReconcileRule?.DependsOn).toEqual([
    'ReconcilePermission',
    'ReconcileInvocations',
    'DeadLettersPolicy',
  ]);
  expect(Resources.ArrivalsRule?.DependsOn).toEqual([
    'OnDashobjectsLambdaFunction',
    'ArrivalsPolicy',
    'DeadLettersPolicy',
  ]);
});

test('a failed sweep writes no dead letter', () => {
  const { ReconcileInvocations, OnTriggerInvocations } = template().Resources;
  expect(ReconcileInvocations?.Properties.DestinationConfig).toBeUndefined();
  expect(OnTriggerInvocations?.Properties.DestinationConfig).toBeDefined();
});

test('a job run that starts during a deployment can still read its old script', () => {
  const text = JSON.stringify(template().Resources.JobsRole);
  expect(text).toContain('"/jobs/*"');
  expect(text).not.toContain('0123');
});

test('every role has the path and the permissions boundary of the settings', () => {
  const roles = { path: '/teams/data/', permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' };
  const stack = template({ roles });
  const made = ofType('AWS::IAM::Role', stack).map(({ Properties }) => [
    Properties.Path,
    Properties.PermissionsBoundary,
  ]);
  expect(made.length).toBeGreaterThan(10);
  expect(new Set(made.map(String))).toEqual(new Set([`${roles.path},${roles.permissionsBoundary}`]));
  expect(checkTemplate(stack, fromServerless)).toEqual([]);
});

test('a customer managed key encrypts all data, and every reader may use it', () => {
  const kmsKey = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b';
  const stack = template({ kmsKey });
  expect(checkTemplate(stack, fromServerless)).toEqual([]);
  const data = ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup'];
  for (const [id, { Type, Properties }] of Object.entries(stack.Resources)) {
    if (data.includes(Type)) expect([id, JSON.stringify(Properties).includes(kmsKey)]).toEqual([id, true]);
    if (/^(Api|StartTask|OnObjects|Reconcile|Jobs|Scheduler)Role$/.test(id))
      expect([id, JSON.stringify(Properties).includes(`"Resource":["${kmsKey}"]`)]).toEqual([id, true]);
  }
});

test('the stage passes the required scopes to the function', () => {
  const jwt = {
    kind: 'jwt',
    issuer: 'https://issuer.example',
    audience: ['acme'],
    scopes: { read: 'gluewright/read', act: 'gluewright/act' },
  } as const;
  expect(template({ api: jwt }).Resources.HttpApiStage?.Properties.StageVariables).toEqual({
    readScope: 'gluewright/read',
    actScope: 'gluewright/act',
  });
});

test.each(['aws-cn', 'aws-us-gov'])('a stack in %s contains no ARN of another partition', (partition) => {
  const text = JSON.stringify(template({ partition }).Resources);
  expect(text).toContain(`arn:${partition}:states:::lambda:invoke`);
  expect(text.replaceAll(settings.alarmTopic ?? '-', '')).not.toContain('arn:aws:');
});

test('a schedule is made after its target and the function', () => {
  const { Resources } = template();
  expect(Resources.Schedules?.DependsOn).toEqual(['OnDashtriggerLambdaFunction', 'DeadLettersPolicy']);
  const schedules = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
  expect(schedules.length).toBeGreaterThan(0);
  for (const { DependsOn = [] } of schedules) expect(DependsOn[0]).toMatch(/Alias$/);
});

test('only runs of the new version can roll back a canary, so old failures do not undo a repair', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm', template({ release: { kind: 'canary', percent: 10, minutes: 60 } }));
  const [canary] = alarms.filter(({ Properties }) => JSON.stringify(Properties).includes('ExecutionsFailed'));
  const metrics = JSON.stringify(canary?.Properties.Metrics);
  expect(metrics.match(/"Name":"Version"/g)).toHaveLength(2);
  expect(badRuns(metrics, { version: 1, alias: 1, machine: 1 })).toBe(1);
  expect(badRuns(metrics, { version: 0, alias: 1, machine: 1 })).toBe(0);
  expect(metrics).toContain('"Fn::Select":[7,{"Fn::Split":[":",{"Ref":"PipelineOrdersDailyVersion"}]}]');
});

test('without CloudWatch metrics by version, every failed run of the machine rolls back a canary', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm', template({ release: { kind: 'canary', percent: 10, minutes: 60 } }));
  const metrics = JSON.stringify(alarms.find(({ Properties }) => JSON.stringify(Properties).includes('"Version"')));
  expect(badRuns(metrics, { version: 0, alias: 0, machine: 1 })).toBe(1);
  expect(badRuns(metrics, { version: 0, alias: 0, machine: 0 })).toBe(0);
});

/** The alarm's expression for one minute. Each count is its number of failed runs, and none timed out. */
function badRuns(metrics: string, failed: { version: number; alias: number; machine: number }): number {
  const [, expression = ''] = /"Expression":"([^"]+)"/.exec(metrics) ?? [];
  const script = expression
    .replaceAll(/FILL\((version|alias|machine)ExecutionsFailed, 0\)/g, (_, of: keyof typeof failed) => `${failed[of]}`)
    .replaceAll(/FILL\(\w+ExecutionsTimedOut, 0\)/g, '0')
    .replaceAll(/IF\(([^,]+), ([^,]+), (.+)\)$/g, '($1 ? $2 : $3)');
  return Number(runInNewContext(script));
}

test('an alarm goes off if the reconciler fails or is late', () => {
  const { ReconcilerFailsAlarm, ReconcilerBehindAlarm } = template().Resources;
  expect(JSON.stringify(ReconcilerFailsAlarm?.Properties.Metrics)).toContain('"Errors"');
  expect(ReconcilerBehindAlarm?.Properties).toMatchObject({ Threshold: 300, EvaluationPeriods: 3 });
  expect(JSON.stringify(ReconcilerBehindAlarm?.Properties.Metrics)).toContain('"LagSeconds"');
});
