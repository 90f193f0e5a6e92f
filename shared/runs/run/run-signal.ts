import type { Step } from '../../ledger/decision.ts';
import type { LostErrors } from '../../protocol/outcome.ts';
import type { RunRecord } from './run-record.ts';

export type RunSignal =
  /** Somebody asks for the run. It is as it is handed in, unless it has been asked for before. */
  | { readonly is: 'claim'; readonly run: Omit<RunRecord, 'status' | 'createdAt' | 'settled'> }
  | { readonly is: 'admitted'; readonly definition?: string }
  | { readonly is: 'queued' }
  /** There is no room in the queue. `kept`: it came while its trigger was paused. */
  | { readonly is: 'outside'; readonly priority: number; readonly kept?: true }
  | { readonly is: 'dropped' }
  | { readonly is: 'launched'; readonly executionArn: string }
  /** `mayPass`: right after a deployment the same launch may succeed minutes later. */
  | { readonly is: 'launch-refused'; readonly error: string; readonly cause: string; readonly mayPass?: true }
  /** The state machine's last step. */
  | {
      readonly is: 'finished';
      readonly id: string;
      readonly pipeline: string;
      readonly status: 'SUCCEEDED' | 'FAILED';
      readonly lost: LostErrors;
    }
  /** What Step Functions says of the execution, in an event or when it is asked. */
  | {
      readonly is: 'execution';
      readonly id: string;
      readonly pipeline: string;
      readonly executionArn: string;
      readonly status: string;
      /** Epoch milliseconds. */
      readonly endedAt?: number;
      readonly error?: string;
      readonly cause?: string;
    }
  | { readonly is: 'execution-gone' }
  /** The role may not ask what has become of it. */
  | { readonly is: 'execution-denied'; readonly reason: string }
  /** `by`: the newer run that is to have its place. Absent: somebody asks for it. */
  | { readonly is: 'stop'; readonly by?: string }
  | { readonly is: 'settled' }
  | { readonly is: 'tick' }
  /** Somebody looks whether it is late. `after`: seconds since it was asked for. */
  | { readonly is: 'late'; readonly after: number };

export type RunEffect =
  /** Takes a place among the pipeline's live runs, or in its queue. `known`: it had one already. */
  | {
      readonly do: 'admit';
      readonly run: string;
      readonly pipeline: string;
      readonly known: boolean;
      /** The name of the trigger that asked for it, if one did. */
      readonly trigger?: string;
      /** It waits outside of the queue, since it was asked for. */
      readonly outside?: { readonly asked: number; readonly kept?: true };
    }
  | { readonly do: 'launch'; readonly run: RunRecord }
  | { readonly do: 'ask-execution' | 'stop-execution'; readonly run: RunRecord; readonly executionArn: string }
  /** Stops the execution that may have been started, and asks what has become of it. */
  | { readonly do: 'halt'; readonly run: RunRecord }
  | { readonly do: 'say-late'; readonly run: RunRecord }
  /** Stops whatever is open, and once nothing is, gives the place to the next. */
  | { readonly do: 'settle'; readonly run: string; readonly pipeline: string };

export type RunStep = Step<RunRecord, RunEffect>;
