import type { Json } from '../../json.ts';
import type { PoolUse } from '../../model/pool.ts';
import type { StartTaskCall } from '../../protocol/read-call.ts';
import type { Order, WorkState, WorkTimes } from '../../tasks/kind/work-state.ts';
import type { KindName, Work } from '../../tasks/kinds.ts';
import type { Ending } from './task-record.ts';

/** A signal for a task. Those with `try` answer one start, or one search for what it began. */
export type TaskSignal =
  | { readonly is: 'call'; readonly call: StartTaskCall; readonly publishes?: readonly string[]; readonly pool?: Pool }
  | { readonly is: 'started'; readonly attempt: number; readonly id: string }
  /** `busy`: because other work of the same thing is running. */
  | ({ readonly is: 'refused'; readonly reason: string; readonly busy?: true } & Try)
  /** `mayPass`: right after a deployment, the same call may be allowed, or find its resource, minutes later. */
  | ({ readonly is: 'fatal'; readonly reason: string; readonly mayPass?: true } & Try)
  /** `settled`: anything that it started is visible by now. */
  | ({ readonly is: 'ambiguous'; readonly settled?: true } & Try)
  /** Nothing was started, and nothing may be, because the run is over. */
  | ({ readonly is: 'too-late' } & Try)
  | ({ readonly is: 'not-found' } & Try)
  /** The service's report about work, from an event or a call. */
  | {
      readonly is: 'work';
      /** By the work's mark; absent: nobody looked. */
      readonly attempt?: number;
      /** The thing that ran, in an event; absent: the attempt's own. */
      readonly of?: { readonly kind: KindName; readonly name: string };
      readonly id: string;
      readonly state: WorkState;
      readonly times?: WorkTimes;
    }
  /** A call that asks about the work, looks for it or stops it is denied, for now or for ever. */
  | { readonly is: 'denied'; readonly reason: string }
  /** The service refused the stop. */
  | { readonly is: 'stop-failed'; readonly id: string }
  /** The service knows no such work. */
  | { readonly is: 'work-gone'; readonly id: string }
  | { readonly is: 'output'; readonly attempt: number; readonly output: OutputRead }
  | { readonly is: 'delivered'; readonly token: string; readonly as: 'told' | 'closed' }
  /** The datasets are published. */
  | { readonly is: 'published'; readonly attempt: number }
  /** The attempt gets these places of its pool. */
  | { readonly is: 'place'; readonly attempt: number; readonly numbers: readonly number[] }
  /** So many places of its pool are held. */
  | { readonly is: 'full'; readonly taken: number; readonly capacity: number }
  /** Other work of the same thing has ended. */
  | { readonly is: 'slot' }
  | { readonly is: 'stop' }
  | { readonly is: 'tick' };

/** `catchUp`: its run is not live. */
type Pool = PoolUse & { readonly catchUp?: true };

export type Try = { readonly attempt: number; readonly try: number };

/** `bad`: the work's own mistake. `unreadable`: it may exist, but could not be read now. */
export type OutputRead =
  | { readonly is: 'absent' }
  | { readonly is: 'read'; readonly value: Json }
  | { readonly is: 'bad'; readonly why: string }
  /** `passing`: S3 could not answer now; otherwise it refused. */
  | { readonly is: 'unreadable'; readonly why: string; readonly passing: boolean };

/** An effect for a task, with all the data that performing it needs. */
export type TaskEffect =
  | ({ readonly do: 'begin'; readonly order: Order<Work> } & Try)
  /** `stopped`: the end of its run has reached the task. */
  | ({ readonly do: 'find'; readonly order: Order<Work>; readonly stopped: boolean } & Try)
  | { readonly do: 'ask'; readonly work: Work; readonly id: string }
  /** Checks work that no service does. `since`: when it began. */
  | { readonly do: 'look'; readonly work: Work; readonly id: string; readonly since: number }
  | { readonly do: 'stop'; readonly kind: KindName; readonly name: string; readonly id: string }
  | {
      readonly do: 'read-output';
      readonly attempt: number;
      readonly run: string;
      readonly task: string;
      readonly limit: number;
    }
  | { readonly do: 'deliver'; readonly token: string; readonly ending: Ending }
  /** Gives free places of a pool to those who wait. `own`: the signal's task is among them. */
  | { readonly do: 'let-in'; readonly pool: string; readonly own?: TaskName };

/** A task of a run. */
export type TaskName = { readonly run: string; readonly task: string };
