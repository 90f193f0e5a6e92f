import { present } from '../json.ts';
import type { RunRecord } from '../runs/run/run-record.ts';
import type { DomainEvent } from './domain-events.ts';

/** Domain events that follow from a change of a run's record. */
export function runNews(before: RunRecord | undefined, after: RunRecord): DomainEvent[] {
  const type =
    before?.status !== after.status ? 'Run State Change' : before.late !== after.late ? 'Run Late' : undefined;
  if (type === undefined) return [];
  const { id: run, pipeline, status, trigger, interval, rerunOf, createdAt, startedAt, endedAt } = after;
  const detail = {
    pipeline,
    run,
    status,
    trigger: typeof trigger.kind === 'string' ? trigger.kind : 'other',
    ...present({ interval, rerunOf }),
    createdAt: time(createdAt),
    ...(startedAt === undefined ? {} : { startedAt: time(startedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: time(endedAt) }),
  };
  return [{ type, detail }];
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
