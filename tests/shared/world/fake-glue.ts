import {
  BatchStopJobRunCommand,
  ConcurrentRunsExceededException,
  EntityNotFoundException,
  GetJobRunCommand,
  GetJobRunsCommand,
  GlueClient,
  type JobRun,
  type JobRunState,
  StartJobRunCommand,
} from '@aws-sdk/client-glue';
import { mockClient } from 'aws-sdk-client-mock';
import { jobOutcome } from '../../../shared/tasks/glue-job/job-outcome.ts';
import type { Meddle } from './world.ts';

const $metadata = { httpStatusCode: 400 };

/** Glue as the functions see it. Its job runs do not change until a test says so. */
export class FakeGlue {
  readonly client = new GlueClient({ region: 'eu-west-1', maxAttempts: 1 });
  readonly mock = mockClient(this.client);
  readonly runs: (JobRun & { Id: string; JobName: string })[] = [];
  /** By job. A job that is not named has no limit. */
  readonly maxConcurrent: Record<string, number> = {};
  stops = 0;

  constructor(clock: () => number, meddle: Meddle) {
    this.mock.on(StartJobRunCommand).callsFake((input) => meddle('glue.start', () => this.#start(input, clock())));
    this.mock
      .on(GetJobRunCommand)
      .callsFake(({ JobName, RunId }) => meddle('glue.get', () => ({ JobRun: { ...this.#find(JobName, RunId) } })));
    this.mock.on(GetJobRunsCommand).callsFake(({ JobName, NextToken, MaxResults }) =>
      meddle('glue.list', () => {
        const from = Number(NextToken ?? 0);
        const all = this.runs.filter((run) => run.JobName === JobName).toReversed();
        const next = from + Number(MaxResults);
        return { JobRuns: all.slice(from, next), ...(next < all.length ? { NextToken: String(next) } : {}) };
      }),
    );
    this.mock.on(BatchStopJobRunCommand).callsFake(({ JobName, JobRunIds }) =>
      meddle('glue.stop', () => {
        this.stops += 1;
        for (const id of JobRunIds) {
          const run = this.#find(JobName, id);
          if (run.JobRunState === 'RUNNING') run.JobRunState = 'STOPPING';
        }
        return { SuccessfulSubmissions: [] };
      }),
    );
  }

  /** A run that somebody else started. */
  foreign(job: string, args: Record<string, string> = {}): string {
    return this.#start({ JobName: job, Arguments: args }, 0).JobRunId;
  }

  end(id: string, state: JobRunState, message?: string): void {
    const run = this.runs.find((other) => other.Id === id);
    if (run === undefined || jobOutcome(run.JobRunState ?? '') !== 'open') return;
    run.JobRunState = state;
    run.ExecutionTime = 60;
    if (message !== undefined) run.ErrorMessage = message;
  }

  live(): (JobRun & { Id: string; JobName: string })[] {
    return this.runs.filter((run) => jobOutcome(run.JobRunState ?? '') === 'open');
  }

  #start(
    {
      JobName = '',
      Arguments = {},
      Timeout,
    }: { JobName?: string; Arguments?: Record<string, string>; Timeout?: number },
    now: number,
  ) {
    const live = this.live().filter((run) => run.JobName === JobName).length;
    if (live >= (this.maxConcurrent[JobName] ?? Number.POSITIVE_INFINITY)) {
      throw new ConcurrentRunsExceededException({ message: 'Concurrent runs exceeded', $metadata });
    }
    const Id = `jr_${String(this.runs.length + 1).padStart(4, '0')}`;
    const timeout = Timeout === undefined ? {} : { Timeout };
    this.runs.push({ Id, JobName, Arguments, JobRunState: 'RUNNING', StartedOn: new Date(now), ...timeout });
    return { JobRunId: Id };
  }

  #find(job: string | undefined, id: string | undefined) {
    const run = this.runs.find((other) => other.Id === id && other.JobName === job);
    if (run === undefined) throw new EntityNotFoundException({ message: 'no such run', $metadata });
    return run;
  }
}
