import type { EventEntry } from '../events/event.ts';
import type { JobRun, JobRunState } from './job-run.ts';

type Change = { readonly severity: 'INFO' | 'WARN' | 'ERROR'; readonly message: (run: JobRun) => string };

/** The states with a documented event. Glue documents none for the others, such as ERROR and EXPIRED. */
const changes: Readonly<Partial<Record<JobRunState, Change>>> = {
  SUCCEEDED: { severity: 'INFO', message: () => 'Job run succeeded' },
  STOPPED: { severity: 'INFO', message: () => 'Job run stopped' },
  TIMEOUT: { severity: 'WARN', message: () => 'Job run timed out' },
  FAILED: {
    severity: 'ERROR',
    message: (run) =>
      `JobName:${run.job} and JobRunId:${run.id} failed to execute with exception ${run.errorMessage ?? ''}`.trimEnd(),
  },
};

export function jobStateChange(run: JobRun): EventEntry | undefined {
  const change = changes[run.state];
  if (change === undefined) return undefined;
  return {
    source: 'aws.glue',
    detailType: 'Glue Job State Change',
    detail: {
      jobName: run.job,
      severity: change.severity,
      state: run.state,
      jobRunId: run.id,
      message: change.message(run),
    },
  };
}
