import type { DomainEvent } from '../events/domain-events.ts';
import type { RunRecord } from './run-record.ts';

/** What others are told when a run's record changes. */
export function runNews(before: RunRecord | undefined, after: RunRecord): DomainEvent[] {
  if (before?.status === after.status) return [];
  const { id: run, pipeline, status, trigger, interval, rerunOf, createdAt, startedAt, endedAt } = after;
  const detail = {
    pipeline,
    run,
    status,
    trigger: typeof trigger.kind === 'string' ? trigger.kind : 'other',
    ...(interval === undefined ? {} : { interval }),
    ...(rerunOf === undefined ? {} : { rerunOf }),
    createdAt: time(createdAt),
    ...(startedAt === undefined ? {} : { startedAt: time(startedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: time(endedAt) }),
  };
  return [{ type: 'Run State Change', detail }];
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
