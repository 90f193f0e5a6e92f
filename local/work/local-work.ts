import type { Json, JsonObject } from '../../shared/json.ts';
import type { WorkEnd } from '../../shared/tasks/kind/work-state.ts';

/** Work of any kind except Glue jobs, as the embedded AWS records it. Times are epoch milliseconds. */
export type LocalWork = {
  readonly id: string;
  readonly kind: string;
  /** Name of the thing that runs, such as a crawler. */
  readonly name: string;
  /** Counts the thing's works, from 1. */
  readonly ordinal: number;
  /** Input of the call that started it. */
  readonly input: JsonObject;
  readonly state: 'running' | 'stopping' | WorkEnd;
  readonly startedOn: number;
  readonly endedOn?: number;
  /** The error's name, where the service has names for errors. */
  readonly error?: string;
  readonly message?: string;
  readonly output?: Json;
};

/** How work ends. */
export type LocalEnd = { readonly state: WorkEnd } & Pick<LocalWork, 'error' | 'message' | 'output'>;

export function hasEnded({ state }: LocalWork): boolean {
  return state !== 'running' && state !== 'stopping';
}
