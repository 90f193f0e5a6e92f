import type { Step } from '../../ledger/decision.ts';
import type { LostErrors } from '../../protocol/outcome.ts';
import type { RunRecord } from './run-record.ts';

export type RunSignal =
  /** A request for the run. Its record is the given one, unless it exists already. */
  | { readonly is: 'claim'; readonly run: Omit<RunRecord, 'status' | 'createdAt' | 'settled'> }
  | { readonly is: 'admitted'; readonly definition?: string }
  | { readonly is: 'queued' }
  /** The queue is full. `kept`: the run is held. */
  | { readonly is: 'outside'; readonly priority: number; readonly kept?: true }
  | { readonly is: 'dropped' }
  | { readonly is: 'launched'; readonly executionArn: string }
  /** `mayPass`: right after a deployment, the same launch may succeed minutes later. */
  | { readonly is: 'launch-refused'; readonly error: string; readonly cause: string; readonly mayPass?: true }
  /** The state machine's last step. */
  | {
      readonly is: 'finished';
      readonly id: string;
      readonly pipeline: string;
      readonly status: 'SUCCEEDED' | 'FAILED';
      readonly lost: LostErrors;
    }
  /** Step Functions' report about the execution, from an event or a call. */
  | {
      readonly is: 'execution';
      readonly id: string;
      readonly pipeline: string;
      readonly executionArn: string;
      readonly status: string;
      /** Epoch milliseconds. */
      readonly startedAt?: number;
      readonly endedAt?: number;
      readonly error?: string;
      readonly cause?: string;
    }
  | { readonly is: 'execution-gone' }
  /** The role may not ask about the execution. */
  | { readonly is: 'execution-denied'; readonly reason: string }
  /** `by`: the newer run that replaces it. Absent: somebody stopped it. */
  | { readonly is: 'stop'; readonly by?: string }
  | { readonly is: 'settled' }
  | { readonly is: 'tick' }
  /** Somebody checks whether it is late. `after`: seconds since the request. */
  | { readonly is: 'late'; readonly after: number };

export type RunEffect =
  /** Asks for a slot or a place in the queue. `known`: it had one already. */
  | {
      readonly do: 'admit';
      readonly run: string;
      readonly pipeline: string;
      readonly known: boolean;
      /** The name of its trigger, if a trigger requested it. */
      readonly trigger?: string;
      /** It has waited in the overflow since its request. */
      readonly outside?: { readonly asked: number; readonly kept?: true };
    }
  | { readonly do: 'launch'; readonly run: RunRecord }
  | { readonly do: 'ask-execution' | 'stop-execution'; readonly run: RunRecord; readonly executionArn: string }
  /** Stops an execution that may have started, and asks how it ended. */
  | { readonly do: 'halt'; readonly run: RunRecord }
  | { readonly do: 'say-late'; readonly run: RunRecord }
  /** Stops open work. Once nothing is open, frees the slot. */
  | { readonly do: 'settle'; readonly run: string; readonly pipeline: string };

export type RunStep = Step<RunRecord, RunEffect>;
