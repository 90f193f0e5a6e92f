import type { Json } from '../../../shared/json.ts';
import type { MapRunLimits } from './command.ts';

/** Input to an execution from outside. Signals for an earlier try are ignored. */
export type Signal =
  | { readonly kind: 'start' }
  /** Redrives: resumes from what failed or was stopped. */
  | { readonly kind: 'redrive' }
  | { readonly kind: 'stop'; readonly error?: string; readonly cause?: string }
  /** A due time of the frame has come, or of the execution itself if there is no frame. */
  | { readonly kind: 'due'; readonly frame?: number }
  | { readonly kind: 'task-submitted'; readonly frame: number; readonly token: string; readonly output: Json }
  | { readonly kind: 'task-taken'; readonly frame: number; readonly token: string; readonly worker?: string }
  | { readonly kind: 'task-heartbeat'; readonly frame: number; readonly token: string }
  /** `text` is the output as it was sent, for the history. */
  | {
      readonly kind: 'task-succeeded';
      readonly frame: number;
      readonly token: string;
      readonly output: Json;
      readonly text?: string;
    }
  | {
      readonly kind: 'task-failed';
      readonly frame: number;
      readonly token: string;
      readonly error?: string;
      readonly cause?: string;
      /** The call itself failed, so there is nothing to wait for. */
      readonly submission?: true;
    }
  /** A distributed Map's limits have changed. */
  | {
      readonly kind: 'limits-changed';
      readonly frame: number;
      readonly token: string;
      readonly limits: Partial<MapRunLimits>;
    }
  | { readonly kind: 'items-read'; readonly frame: number; readonly token: string; readonly items: readonly Json[] }
  | { readonly kind: 'item-ended'; readonly frame: number; readonly token: string; readonly succeeded: boolean }
  /** The outputs of a distributed Map's children, or where they were written. */
  | { readonly kind: 'items-gathered'; readonly frame: number; readonly token: string; readonly result: Json };
