import type { Execution } from '../frames/execution.ts';
import type { Signal } from '../frames/signal.ts';
import { type Changes, noChanges } from '../frames/turn.ts';

/** A running execution, as the driver keeps it in memory. */
export type LiveExecution = {
  readonly execution: Execution;
  readonly mailbox: Letter[];
  /** A transition is being computed. Its changes so far must not be written. */
  busy: boolean;
  unsaved: Unsaved;
  /** The next due time of each frame. The execution's own is under -1. */
  readonly timers: Map<number, { readonly at: number; readonly cancel: () => void }>;
};

/** `answer` resolves the promise of a caller that waits until the signal's consequences are on disk. */
export type Letter = {
  readonly signal: Signal;
  readonly answer: { readonly written: () => void; readonly failed: (reason: unknown) => void } | undefined;
};

/** Changes of transitions that were computed and are not yet on disk. */
export type Unsaved = Changes & { record: boolean; readonly letters: Letter[] };

export function nothingUnsaved(): Unsaved {
  const { events, commands, notices, touched, removed } = noChanges();
  return { events, commands, notices, touched, removed, record: false, letters: [] };
}

export function liveExecution(execution: Execution): LiveExecution {
  return { execution, mailbox: [], busy: false, unsaved: nothingUnsaved(), timers: new Map() };
}
