import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import type { ExecutionRecord } from '../ports/engine-store.ts';
import { moreOf } from '../store/execution-record.ts';
import { readListing } from './execution-listing.ts';
import { pageSize, placeIn, tokenFor } from './page.ts';
import { requireArn, requireName, resourceName } from './resource-name.ts';

const startInput = z.looseObject({
  stateMachineArn: z.string(),
  name: z.optional(resourceName),
  input: z._default(z.string(), '{}'),
});
const stopInput = z.looseObject({
  executionArn: z.string(),
  error: z.optional(z.string()),
  cause: z.optional(z.string()),
});
const describeInput = z.looseObject({ executionArn: z.string() });
export function executionOperations({ options, driver, start }: EngineCore): Operations {
  const { store } = options;
  return {
    async StartExecution(input) {
      const { stateMachineArn, name, input: text } = parseInput(startInput, input);
      if (name !== undefined) requireName(name);
      const { arn, startedAt } = await start({ machineArn: stateMachineArn, name, input: text });
      return { executionArn: arn, startDate: startedAt / 1000 };
    },

    async StopExecution(input) {
      const { executionArn, error, cause } = parseInput(stopInput, input);
      await driver.signal(executionArn, {
        kind: 'stop',
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      });
      const record = existingExecution(options, executionArn);
      return { stopDate: (record.stoppedAt ?? options.clock.now()) / 1000 };
    },

    async DescribeExecution(input) {
      return describe(existingExecution(options, parseInput(describeInput, input).executionArn));
    },

    async ListExecutions(input) {
      const { query, maxResults, nextToken } = readListing(options, input);
      const limit = pageSize(maxResults, 100);
      const before = placeIn(nextToken);
      const found =
        query === undefined
          ? []
          : store.executions({ ...query, limit: limit + 1, ...(before !== undefined && { before }) });
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        executions: shown.map(summary),
        ...(found.length > limit && last !== undefined && { nextToken: tokenFor(last.key) }),
      };
    },
  };
}

/** @throws {ServiceError} ExecutionDoesNotExist, InvalidArn */
export function existingExecution({ store }: EngineCore['options'], arn: string): ExecutionRecord {
  const record = store.execution(arn);
  if (record !== undefined) return record;
  throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${requireArn(arn)}'`);
}

function summary(record: ExecutionRecord) {
  const { name, machine, redriveCount, redrivenAt } = moreOf(record);
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name,
    status: record.status,
    startDate: record.startedAt / 1000,
    ...(record.stoppedAt !== undefined && { stopDate: record.stoppedAt / 1000 }),
    ...(record.mapRunArn !== undefined && { mapRunArn: record.mapRunArn }),
    ...(machine.versionArn !== undefined && { stateMachineVersionArn: machine.versionArn }),
    ...(machine.aliasArn !== undefined && { stateMachineAliasArn: machine.aliasArn }),
    redriveCount,
    ...(redrivenAt !== undefined && { redriveDate: redrivenAt / 1000 }),
  };
}

export function describe(record: ExecutionRecord) {
  const { error, cause } = moreOf(record);
  const redrivable = record.status !== 'RUNNING' && record.status !== 'SUCCEEDED';
  return {
    ...summary(record),
    input: record.input,
    inputDetails: { included: true },
    ...(record.output !== undefined && { output: record.output, outputDetails: { included: true } }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    redriveStatus: redrivable ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(!redrivable && { redriveStatusReason: `Execution is ${record.status} and cannot be redriven` }),
  };
}
