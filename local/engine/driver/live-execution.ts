import type { Execution } from '../frames/execution.ts';
import type { Signal } from '../frames/signal.ts';
import { type Changes, noChanges } from '../frames/turn.ts';

/** An execution that has not ended, as the driver holds it in memory. */
export type LiveExecution = {
  readonly execution: Execution;
  readonly mailbox: Letter[];
  /** A transition is being computed: what it has changed so far is not to be written. */
  busy: boolean;
  unsaved: Unsaved;
  /** The next time that each frame waits for; the execution's own under -1. */
  readonly timers: Map<number, { readonly at: number; readonly cancel: () => void }>;
};

/** `answer`: of those who wait until what comes of the signal is on disk. */
export type Letter = {
  readonly signal: Signal;
  readonly answer: { readonly written: () => void; readonly failed: (reason: unknown) => void } | undefined;
};

/** Of transitions that are computed and not yet on disk. */
export type Unsaved = Changes & { record: boolean; readonly letters: Letter[] };

export function nothingUnsaved(): Unsaved {
  const { events, commands, notices, touched, removed } = noChanges();
  return { events, commands, notices, touched, removed, record: false, letters: [] };
}

export function liveExecution(execution: Execution): LiveExecution {
  return { execution, mailbox: [], busy: false, unsaved: nothingUnsaved(), timers: new Map() };
}
