import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import type { MapRunLimits } from '../frames/command.ts';
import { existingMapRun } from '../store/existing-machine.ts';
import { type MapRunDocument, readDocument } from '../store/machine-document.ts';
import { existingExecution } from './execution-operations.ts';
import { page, pageInput } from './page.ts';

const describeInput = z.looseObject({ mapRunArn: z.string() });
const listInput = z.looseObject({
  executionArn: z.string(),
  ...pageInput,
});

const updateInput = z.looseObject({
  mapRunArn: z.string(),
  maxConcurrency: z.optional(z.int().check(z.nonnegative())),
  toleratedFailureCount: z.optional(z.int().check(z.nonnegative())),
  toleratedFailurePercentage: z.optional(z.number().check(z.minimum(0), z.maximum(100))),
});

export function mapRunOperations({ options, driver }: EngineCore): Operations {
  const { store } = options;

  /** The state that runs it. Undefined once it has ended. */
  function stateOf({ executionArn, arn }: MapRunDocument) {
    for (const { id, phase } of driver.live(executionArn)?.frames.values() ?? []) {
      if (phase.kind === 'map-run' && phase.mapRunArn === arn) return { frame: id, phase };
    }
    return undefined;
  }

  function counts(run: MapRunDocument) {
    const found = { running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0 };
    const names = {
      RUNNING: 'running',
      SUCCEEDED: 'succeeded',
      FAILED: 'failed',
      TIMED_OUT: 'timedOut',
      ABORTED: 'aborted',
    } as const;
    for (const { status } of store.executions({ mapRunArn: run.arn, limit: Number.MAX_SAFE_INTEGER })) {
      found[names[status]] += 1;
      found.total += 1;
    }
    const { total = found.total } = stateOf(run)?.phase ?? {};
    return {
      ...found,
      pending: total - found.total,
      total,
      resultsWritten: 0,
      failuresNotRedrivable: 0,
      pendingRedrive: 0,
    };
  }

  return {
    async DescribeMapRun(input) {
      const { mapRunArn } = parseInput(describeInput, input);
      const run = existingMapRun(options, mapRunArn);
      const found = counts(run);
      return {
        mapRunArn,
        executionArn: run.executionArn,
        status: run.status,
        startDate: run.startedAt / 1000,
        ...(run.stoppedAt !== undefined && { stopDate: run.stoppedAt / 1000 }),
        maxConcurrency: run.limits.maxConcurrency,
        toleratedFailurePercentage: run.limits.toleratedPercentage,
        toleratedFailureCount: run.limits.toleratedCount,
        itemCounts: found,
        executionCounts: found,
        redriveCount: 0,
      };
    },
    async UpdateMapRun(input) {
      const given = parseInput(updateInput, input);
      const run = existingMapRun(options, given.mapRunArn);
      const state = stateOf(run);
      if (state === undefined) throw new ServiceError('ValidationException', `Map Run is not running: '${run.arn}'`);
      const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = given;
      const limits: Partial<MapRunLimits> = {
        ...(maxConcurrency !== undefined && { maxConcurrency }),
        ...(toleratedFailureCount !== undefined && { toleratedCount: toleratedFailureCount }),
        ...(toleratedFailurePercentage !== undefined && { toleratedPercentage: toleratedFailurePercentage }),
      };
      const { frame, phase } = state;
      await driver.signal(run.executionArn, { kind: 'limits-changed', frame, token: phase.token, limits });
      return {};
    },
    async ListMapRuns(input) {
      const { executionArn, maxResults, nextToken } = parseInput(listInput, input);
      existingExecution(options, executionArn);
      const all = store
        .documents('map-run')
        .flatMap((document) => readDocument<MapRunDocument>(document) ?? [])
        .filter((run) => run.executionArn === executionArn);
      const { items, nextToken: next } = page(all, maxResults, nextToken);
      const mapRuns = items.map((run) => ({
        executionArn,
        mapRunArn: run.arn,
        stateMachineArn: run.machineArn,
        startDate: run.startedAt / 1000,
        ...(run.stoppedAt !== undefined && { stopDate: run.stoppedAt / 1000 }),
      }));
      return { mapRuns, ...next };
    },
  };
}
