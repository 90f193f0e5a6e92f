import { expect, test } from 'vitest';
import { mockProblem } from '../../../../local/engine/test-state/mock-problem.ts';

const arn = (integration: string) => `arn:aws:states:::${integration}`;

test.each([
  ['dynamodb:getItem', { Item: { id: { S: 1 } } }, "Field 'S' must be a string"],
  ['dynamodb:getItem', { Item: { id: { L: [{ N: 1 }] } } }, "Field 'N' must be a string"],
  ['aws-sdk:dynamodb:query', { Count: '1' }, "Field 'Count' must be a number"],
  ['aws-sdk:sfn:describeExecution', {}, "Required field 'ExecutionArn' is missing"],
  ['aws-sdk:kms:encrypt', { EncryptionAlgorithm: 'ROT13' }, "Field 'EncryptionAlgorithm' is not an expected value"],
  ['aws-sdk:s3:listObjectsV2', { Contents: {} }, "Field 'Contents' must be an array"],
  ['glue:startJobRun', { JobRunId: '' }, "Field 'JobRunId' is smaller than the minimum length"],
  ['sns:publish', 'text', "Field 'result' must be an object"],
  ['ecs:runTask', { tasks: [] }, undefined],
  ['lambda:invoke', { Payload: { any: ['json'] }, StatusCode: 200 }, undefined],
  ['lambda:invoke.waitForTaskToken', 'whatever the holder of the token sends', undefined],
  ['states:startExecution.sync:2', {}, "Required field 'ExecutionArn' is missing"],
  ['aws-sdk:nobody:nothing', 1, undefined],
  ['aws-sdk:constructor:toString', 1, undefined],
])('a mocked result of %s, %j: %s', async (integration, result, problem) => {
  const expected = problem === undefined ? undefined : `Mock result schema validation error: ${problem}`;
  expect(await mockProblem(arn(integration), result, 'STRICT')).toBe(expected);
  expect(await mockProblem(arn(integration), result, 'NONE')).toBeUndefined();
});
