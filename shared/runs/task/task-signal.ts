import type { Json } from '../../json.ts';
import type { StartTaskCall } from '../../protocol/messages.ts';
import type { Attempt, Ending, JobTimes } from './task-record.ts';

/** What happens to a task. Signals with `try` answer one StartJobRun, or one search for it. */
export type TaskSignal =
  | { readonly is: 'call'; readonly call: StartTaskCall; readonly publishes?: readonly string[] }
  | { readonly is: 'started'; readonly attempt: number; readonly jobRunId: string }
  | ({ readonly is: 'refused'; readonly reason: string } & Try)
  /** `mayPass`: right after a deployment the same call may be allowed, or find what it names, minutes later. */
  | ({ readonly is: 'fatal'; readonly reason: string; readonly mayPass?: true } & Try)
  /** `settled`: what it has started, if anything, can be seen by now. */
  | ({ readonly is: 'ambiguous'; readonly settled?: true } & Try)
  /** Nothing was started, and nothing may be: the run is over. */
  | ({ readonly is: 'too-late' } & Try)
  | ({ readonly is: 'not-found' } & Try)
  /** What Glue says of a job run, in an event or when it is asked. */
  | {
      readonly is: 'job';
      /** By its stamp; absent: nobody looked. */
      readonly attempt?: number;
      /** Whose run it is; absent: the job's that was asked about. */
      readonly job?: string;
      readonly jobRunId: string;
      readonly state: string;
      readonly message?: string;
      readonly times?: JobTimes;
    }
  /** A call that asks about the job run, looks for it or stops it is denied: it may be allowed again, or never. */
  | { readonly is: 'denied'; readonly reason: string }
  /** Its stop was not taken. */
  | { readonly is: 'stop-failed'; readonly jobRunId: string }
  /** Glue knows no such job run. */
  | { readonly is: 'job-gone'; readonly jobRunId: string }
  | { readonly is: 'output'; readonly attempt: number; readonly output: OutputRead }
  | { readonly is: 'delivered'; readonly token: string; readonly as: 'told' | 'closed' }
  /** The datasets are marked. */
  | { readonly is: 'published'; readonly attempt: number }
  /** Another run of the same job has ended. */
  | { readonly is: 'slot' }
  | { readonly is: 'stop' }
  | { readonly is: 'tick' };

export type Try = { readonly attempt: number; readonly try: number };

/** `bad`: the job's mistake. `unreadable`: it may be there, and could not be read now. */
export type OutputRead =
  | { readonly is: 'absent' }
  | { readonly is: 'read'; readonly value: Json }
  | { readonly is: 'bad'; readonly why: string }
  /** `passing`: S3 could not answer now; otherwise it said no. */
  | { readonly is: 'unreadable'; readonly why: string; readonly passing: boolean };

/** What is to be done about a task. Each carries all that it needs. */
export type TaskEffect =
  | ({ readonly do: 'start-job' | 'find-job'; readonly order: JobOrder } & Try)
  | { readonly do: 'ask-job' | 'stop-job'; readonly job: string; readonly jobRunId: string }
  | {
      readonly do: 'read-output';
      readonly attempt: number;
      readonly run: string;
      readonly task: string;
      readonly limit: number;
    }
  | { readonly do: 'deliver'; readonly token: string; readonly ending: Ending };

export type JobOrder = {
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  readonly work: Attempt['work'];
  /** Seconds. */
  readonly timeout: number;
  /** When the attempt began: no job run of it is older. Epoch milliseconds. */
  readonly since: number;
};
