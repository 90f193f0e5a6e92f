import type { Json } from '../../json.ts';
import type { StartTaskCall } from '../../protocol/read-call.ts';
import type { KindName, Work } from '../../tasks/kinds.ts';
import type { Order, WorkState, WorkTimes } from '../../tasks/task-kind.ts';
import type { Ending } from './task-record.ts';

/** What happens to a task. Signals with `try` answer one start, or one search for what it began. */
export type TaskSignal =
  | { readonly is: 'call'; readonly call: StartTaskCall; readonly publishes?: readonly string[] }
  | { readonly is: 'started'; readonly attempt: number; readonly id: string }
  /** `busy`: since other work of the same name goes on. */
  | ({ readonly is: 'refused'; readonly reason: string; readonly busy?: true } & Try)
  /** `mayPass`: right after a deployment the same call may be allowed, or find what it names, minutes later. */
  | ({ readonly is: 'fatal'; readonly reason: string; readonly mayPass?: true } & Try)
  /** `settled`: what it has started, if anything, can be seen by now. */
  | ({ readonly is: 'ambiguous'; readonly settled?: true } & Try)
  /** Nothing was started, and nothing may be: the run is over. */
  | ({ readonly is: 'too-late' } & Try)
  | ({ readonly is: 'not-found' } & Try)
  /** What the service says of work, in an event or when it is asked. */
  | {
      readonly is: 'work';
      /** By its mark; absent: nobody looked. */
      readonly attempt?: number;
      /** What ran, in an event; absent: the attempt's own, which was asked about. */
      readonly of?: { readonly kind: KindName; readonly name: string };
      readonly id: string;
      readonly state: WorkState;
      readonly times?: WorkTimes;
    }
  /** A call that asks about the work, looks for it or stops it is denied: it may be allowed again, or never. */
  | { readonly is: 'denied'; readonly reason: string }
  /** Its stop was not taken. */
  | { readonly is: 'stop-failed'; readonly id: string }
  /** The service knows no such work. */
  | { readonly is: 'work-gone'; readonly id: string }
  | { readonly is: 'output'; readonly attempt: number; readonly output: OutputRead }
  | { readonly is: 'delivered'; readonly token: string; readonly as: 'told' | 'closed' }
  /** The datasets are marked. */
  | { readonly is: 'published'; readonly attempt: number }
  /** Other work of the same name has ended. */
  | { readonly is: 'slot' }
  | { readonly is: 'stop' }
  | { readonly is: 'tick' };

export type Try = { readonly attempt: number; readonly try: number };

/** `bad`: the work's mistake. `unreadable`: it may be there, and could not be read now. */
export type OutputRead =
  | { readonly is: 'absent' }
  | { readonly is: 'read'; readonly value: Json }
  | { readonly is: 'bad'; readonly why: string }
  /** `passing`: S3 could not answer now; otherwise it said no. */
  | { readonly is: 'unreadable'; readonly why: string; readonly passing: boolean };

/** What is to be done about a task. Each carries all that it needs. */
export type TaskEffect =
  | ({ readonly do: 'begin' | 'find'; readonly order: Order<Work> } & Try)
  | {
      readonly do: 'ask' | 'stop';
      readonly kind: KindName;
      readonly name: string;
      readonly id: string;
      readonly work?: Work;
    }
  /** Where no service does the work. `since`: when it began. */
  | { readonly do: 'look'; readonly work: Work; readonly id: string; readonly since: number }
  | {
      readonly do: 'read-output';
      readonly attempt: number;
      readonly run: string;
      readonly task: string;
      readonly limit: number;
    }
  | { readonly do: 'deliver'; readonly token: string; readonly ending: Ending };
