import * as z from 'zod/mini';
import { present } from '../../json.ts';
import type { SeenWork, WorkState, WorkTimes } from '../kind/work-state.ts';
import { jobOutcome } from './job-outcome.ts';

const time = z.optional(z.date());
const count = z.optional(z.number());

/** A job run in Glue's answers: the fields that we read. */
const jobRun = z.object({
  Id: z.optional(z.string()),
  JobRunState: z.optional(z.string()),
  ErrorMessage: z.optional(z.string()),
  Arguments: z.optional(z.record(z.string(), z.string())),
  StartedOn: time,
  CompletedOn: time,
  ExecutionTime: count,
  DPUSeconds: count,
});
export type ReadJobRun = z.output<typeof jobRun>;

/** Answers of `GetJobRun` and of `GetJobRuns`. */
export const oneJobRun = z.object({ JobRun: z.optional(jobRun) });
export const jobRuns = z.object({ JobRuns: z.optional(z.array(jobRun)), NextToken: z.optional(z.string()) });

export function seen(run: ReadJobRun, id: string): SeenWork {
  return { id, state: jobState(run.JobRunState ?? 'UNKNOWN', run.ErrorMessage), times: timesOf(run) };
}

export function jobState(says: string, message: string | undefined): WorkState {
  const is = jobOutcome(says);
  if (is === 'open') return { is, says, ...(says === 'STOPPING' ? { stopping: true } : {}) };
  return { is, says, ...present({ message }) };
}

function timesOf(run: ReadJobRun): WorkTimes {
  return {
    ...(run.StartedOn === undefined ? {} : { startedOn: run.StartedOn.getTime() }),
    ...(run.CompletedOn === undefined ? {} : { completedOn: run.CompletedOn.getTime() }),
    ...present({ executionSeconds: run.ExecutionTime, dpuSeconds: run.DPUSeconds }),
  };
}
