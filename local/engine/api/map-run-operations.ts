import * as z from 'zod/mini';
import { parseInput } from '../../parse-input.ts';
import { ServiceError } from '../service-error.ts';
import type { EngineCore, Operations } from './engine-core.ts';
import { type MapRunDocument, readDocument } from './machine-document.ts';
import { page } from './page.ts';

const describeInput = z.looseObject({ mapRunArn: z.string() });
const listInput = z.looseObject({
  executionArn: z.string(),
  maxResults: z.optional(z.number()),
  nextToken: z.optional(z.string()),
});

export function mapRunOperations({ options }: EngineCore): Operations {
  const { store } = options;

  function counts(mapRunArn: string) {
    const found = { running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0 };
    const names = {
      RUNNING: 'running',
      SUCCEEDED: 'succeeded',
      FAILED: 'failed',
      TIMED_OUT: 'timedOut',
      ABORTED: 'aborted',
    } as const;
    for (const { status } of store.executions({ mapRunArn, limit: Number.MAX_SAFE_INTEGER })) {
      found[names[status]] += 1;
      found.total += 1;
    }
    return { pending: 0, ...found, resultsWritten: 0, failuresNotRedrivable: 0, pendingRedrive: 0 };
  }

  return {
    async DescribeMapRun(input) {
      const { mapRunArn } = parseInput(describeInput, input);
      const run = readDocument<MapRunDocument>(store.document('map-run', mapRunArn));
      if (run === undefined) throw new ServiceError('ResourceNotFound', `Resource not found: '${mapRunArn}'`);
      const found = counts(mapRunArn);
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
    async ListMapRuns(input) {
      const { executionArn, maxResults, nextToken } = parseInput(listInput, input);
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
