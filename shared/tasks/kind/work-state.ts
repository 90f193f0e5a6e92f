import type { Json } from '../../json.ts';

/** What to begin, and for whom. */
export type Order<W> = {
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  readonly work: W;
  /** Seconds. */
  readonly timeout: number;
  /** When the attempt began: no work of it is older. Epoch milliseconds. */
  readonly since: number;
  /** When the last try to begin the work was made. */
  readonly tried: number;
  /** Any work of the thing will do, whoever owns it. */
  readonly joins?: true;
};

/** The work's owner: two stages in one account leave each other's work alone. */
export type Stack = { readonly name: string; readonly outputBucket: string };

export type Owner = { readonly run: string; readonly task: string; readonly attempt: number };

/** The id of work that no service has given one. */
export function ownId({ run, task, attempt }: Owner): string {
  return `${run}/${task}/${attempt}`;
}

/** `says`: the service's own word. `stopping`: the service has accepted a stop, which takes time. */
export type WorkState =
  | { readonly is: 'open'; readonly says: string; readonly stopping?: true }
  /** `output`: if the service's own answer holds it. */
  | {
      readonly is: WorkEnd;
      readonly says: string;
      readonly message?: string;
      readonly output?: Json;
      /** Of `failed`: a retry cannot help. */
      readonly final?: true;
    };

export type EndState = Extract<WorkState, { readonly is: WorkEnd }>;

export type WorkEnd = 'succeeded' | 'failed' | 'timed_out' | 'stopped';

/** Epoch milliseconds, seconds, and DPU seconds, as the service measures them. */
export type WorkTimes = {
  readonly startedOn?: number;
  readonly completedOn?: number;
  readonly executionSeconds?: number;
  readonly dpuSeconds?: number;
};

export type SeenWork = { readonly id: string; readonly state: WorkState; readonly times: WorkTimes };

/** `startedAt`: epoch milliseconds. */
export type LiveWork = Owner & { readonly id: string; readonly startedAt?: number };

export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string };

/** A service's event. `name`: of the thing that ran. Without an id, the event only says that it is time to ask. */
export type WorkEvent = { readonly name: string; readonly id?: string; readonly state: WorkState };
