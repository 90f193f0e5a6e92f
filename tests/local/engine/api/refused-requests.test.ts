import { beforeEach, describe, expect, test } from 'vitest';
import { type EngineFixture, engineFixture } from '../engine-fixture.ts';

const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
const roleArn = 'arn:aws:iam::111122223333:role/r';
const creation = { name: 'm', type: 'STANDARD', roleArn, definition };
const arn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:m';
const absent = `${arn}-absent`;
let engine: EngineFixture;

beforeEach(async () => {
  engine = engineFixture(async () => ({}));
  await engine.call('CreateStateMachine', { ...creation, publish: true, versionDescription: 'first' });
});

describe('a request is rejected as on AWS:', () => {
  const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: 'v' }));
  const routing = (version: string) => [{ stateMachineVersionArn: version, weight: 100 }];
  test.each<[string, string, object, string]>([
    ['a name of 81 characters', 'CreateStateMachine', { ...creation, name: 'x'.repeat(81) }, 'ValidationException'],
    ['a name with a blank', 'CreateStateMachine', { ...creation, name: 'a b' }, 'InvalidName'],
    ['a role that is not an ARN', 'CreateStateMachine', { ...creation, name: 'n', roleArn: 'nope' }, 'InvalidArn'],
    ['51 tags', 'CreateStateMachine', { ...creation, name: 'n', tags }, 'TooManyTags'],
    ['51 tags of an activity', 'CreateActivity', { name: 'a', tags }, 'TooManyTags'],
    ['tags that are missing', 'TagResource', { resourceArn: arn }, 'ValidationException'],
    [
      'a description of no version',
      'CreateStateMachine',
      { ...creation, versionDescription: 'x' },
      'ValidationException',
    ],
    ['an update of nothing', 'UpdateStateMachine', { stateMachineArn: arn }, 'MissingRequiredParameter'],
    ['no ARN', 'DescribeStateMachine', { stateMachineArn: 'garbage' }, 'InvalidArn'],
    ['no ARN of an execution', 'DescribeExecution', { executionArn: 'garbage' }, 'InvalidArn'],
    ['no ARN of an activity', 'DescribeActivity', { activityArn: 'garbage' }, 'InvalidArn'],
    ['an absent machine', 'DescribeStateMachine', { stateMachineArn: absent }, 'StateMachineDoesNotExist'],
    [
      'aliases of an absent machine',
      'ListStateMachineAliases',
      { stateMachineArn: absent },
      'StateMachineDoesNotExist',
    ],
    ['a page of 1,001', 'ListExecutions', { stateMachineArn: arn, maxResults: 1_001 }, 'ValidationException'],
    ['101 diagnostics', 'ValidateStateMachineDefinition', { definition, maxResults: 101 }, 'ValidationException'],
    [
      'an alias 123',
      'CreateStateMachineAlias',
      { name: '123', routingConfiguration: routing(`${arn}:1`) },
      'ValidationException',
    ],
  ])('%s', async (_what, operation, request, name) => {
    await expect(engine.call(operation, request)).rejects.toThrow(expect.objectContaining({ name }));
  });

  test('in AWS’s words', async () => {
    const sent = engine.call('ListExecutions', { stateMachineArn: arn, maxResults: 1_001 });
    await expect(sent).rejects.toThrow(
      "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    );
  });

  test('an alias of versions of two machines, and an update of nothing', async () => {
    await engine.call('CreateStateMachine', { ...creation, name: 'o', publish: true });
    const other = `${arn.replace(/m$/, 'o')}:1`;
    const routes = [`${arn}:1`, other].map((version) => ({ stateMachineVersionArn: version, weight: 50 }));
    const alias = engine.call('CreateStateMachineAlias', { name: 'a', routingConfiguration: routes });
    await expect(alias).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
    const update = engine.call('UpdateStateMachineAlias', { stateMachineAliasArn: `${arn}:a` });
    await expect(update).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });
});

describe('a description returns the given values:', () => {
  test('the tags of an activity', async () => {
    const tags = [{ key: 'k', value: 'v' }];
    const { activityArn } = await engine.call('CreateActivity', { name: 'a', tags });
    expect(await engine.call('ListTagsForResource', { resourceArn: activityArn })).toEqual({ tags });
  });

  test('the description of a version', async () => {
    expect(await engine.call('DescribeStateMachine', { stateMachineArn: `${arn}:1` })).toMatchObject({
      description: 'first',
    });
    expect(await engine.call('DescribeStateMachine', { stateMachineArn: arn })).not.toHaveProperty('description');
  });

  test('logging and tracing, which alone are an update', async () => {
    const loggingConfiguration = { level: 'ALL', includeExecutionData: true };
    await engine.call('UpdateStateMachine', { stateMachineArn: arn, loggingConfiguration });
    await engine.call('UpdateStateMachine', { stateMachineArn: arn, tracingConfiguration: { enabled: true } });
    const described = await engine.call('DescribeStateMachine', { stateMachineArn: arn });
    expect(described).toMatchObject({ loggingConfiguration, tracingConfiguration: { enabled: true } });
  });

  test('the aliases of a version', async () => {
    const routingConfiguration = [{ stateMachineVersionArn: `${arn}:1`, weight: 100 }];
    await engine.call('CreateStateMachineAlias', { name: 'a', routingConfiguration });
    const named = { stateMachineAliases: [expect.objectContaining({ stateMachineAliasArn: `${arn}:a` })] };
    expect(await engine.call('ListStateMachineAliases', { stateMachineArn: arn })).toEqual(named);
    expect(await engine.call('ListStateMachineAliases', { stateMachineArn: `${arn}:1` })).toEqual(named);
    expect(await engine.call('ListStateMachineAliases', { stateMachineArn: `${arn}:2` })).toEqual({
      stateMachineAliases: [],
    });
  });
});
