import { expect, test } from 'vitest';
import type { Template } from '../../../shared/deploy/template/template.ts';
import { checkTemplate } from './check-template.ts';
import { fromServerless, template } from './example.ts';

const ofType = (type: string, stack: Template = template()) =>
  Object.values(stack.Resources).filter(({ Type }) => Type === type);

test('a first deployment that failed leaves nothing behind that the second one would stumble over', () => {
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
});

test('two Regions of one account have each their own dashboard', () => {
  const { DashboardName } = template().Resources.Dashboard?.Properties ?? {};
  expect(DashboardName).toEqual({ 'Fn::Sub': `gluewright-test-\${AWS::Region}` });
});

test('a rule is made after whatever its events need: permission, queue policies, the function with the new catalog', () => {
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

test('a sweep that failed is no dead letter', () => {
  const { ReconcileInvocations, OnTriggerInvocations } = template().Resources;
  expect(ReconcileInvocations?.Properties.DestinationConfig).toBeUndefined();
  expect(OnTriggerInvocations?.Properties.DestinationConfig).toBeDefined();
});

test('a job run that starts during a deployment may still read the script that it was told of', () => {
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

test('with a key of the customer’s everything that holds data is encrypted by it, and who reads it may use it', () => {
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

test('where tokens need a scope, the stage tells the function which', () => {
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
