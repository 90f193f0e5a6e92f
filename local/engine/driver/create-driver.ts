import type { Clock } from '../../clock/clock.ts';
import type { Command, Notice } from '../frames/command.ts';
import type { Execution } from '../frames/execution.ts';
import type { Signal } from '../frames/signal.ts';
import { beginTurn, type Tools } from '../frames/turn.ts';
import type { EngineStore } from '../ports/engine-store.ts';
import { step } from '../run/step.ts';
import { createCommitter } from './create-committer.ts';
import { dueTime } from './due-time.ts';
import { type Letter, type LiveExecution, liveExecution } from './live-execution.ts';

export type Driver = {
  /** Adds an execution: a new one that awaits its first signal, or one from disk. */
  adopt(execution: Execution): void;
  live(arn: string): Execution | undefined;
  lives(): readonly Execution[];
  /** Resolves when the consequences of the signal are on disk. False if no such execution is running. */
  signal(arn: string, signal: Signal): Promise<boolean>;
  /** The same, for callers that do not wait. What the disk refuses is still retried. */
  send(arn: string, signal: Signal): void;
  /** Writes everything that is pending, and stops all timers. */
  close(): Promise<void>;
};

/** Receives the consequences of transitions. */
export type Outlets = {
  /**
   * Called within the commit. What it writes to the store's database is committed with the transition, or not at all.
   */
  readonly announce: (execution: Execution, notice: Notice) => void;
  readonly perform: (execution: Execution, command: Command) => void;
  readonly ended: (execution: Execution) => void;
};

/** Passes signals to executions, one at a time each. Writes the transitions, and then performs their commands. */
export function createDriver(
  store: EngineStore,
  clock: Clock,
  tools: Tools,
  { announce, perform, ended }: Outlets,
): Driver {
  const lives = new Map<string, LiveExecution>();
  const committer = createCommitter(store, clock, announce, afterCommit);
  let closed = false;

  async function pump(live: LiveExecution): Promise<void> {
    live.busy = true;
    for (let letter = live.mailbox.shift(); letter !== undefined; letter = live.mailbox.shift()) {
      const { execution, unsaved } = live; // Not replaced before this pump has finished.
      const before = execution.status;
      try {
        const pause = step(beginTurn(execution, tools, clock.now(), unsaved), letter.signal);
        if (pause !== undefined) await pause;
      } catch (thrown) {
        letter.answer?.failed(thrown);
        continue;
      }
      const begun = letter.signal.kind === 'start' || letter.signal.kind === 'redrive';
      unsaved.record ||= begun || execution.status !== before;
      unsaved.letters.push(letter);
    }
    live.busy = false;
    committer.add(live);
  }

  function afterCommit(live: LiveExecution, written: LiveExecution['unsaved']): void {
    const { execution } = live;
    if (closed) return;
    for (const id of written.removed) setTimer(live, id, undefined);
    for (const frame of written.touched) if (execution.frames.has(frame.id)) setTimer(live, frame.id, dueTime(frame));
    if (written.record) setTimer(live, -1, execution.status === 'RUNNING' ? execution.timeoutAt : undefined);
    for (const command of written.commands) throwSeparately(() => perform(execution, command));
    if (execution.status === 'RUNNING') return;
    lives.delete(execution.arn);
    throwSeparately(() => ended(execution));
  }

  function setTimer(live: LiveExecution, id: number, at: number | undefined): void {
    const known = live.timers.get(id);
    if (known?.at === at) return;
    known?.cancel();
    live.timers.delete(id);
    if (at === undefined) return;
    const signal: Signal = id === -1 ? { kind: 'due' } : { kind: 'due', frame: id };
    const cancel = clock.at(at, () => {
      live.timers.delete(id);
      deliver(live, { signal, answer: undefined });
    });
    live.timers.set(id, { at, cancel });
  }

  function deliver(live: LiveExecution, letter: Letter): void {
    live.mailbox.push(letter);
    if (!live.busy) void pump(live);
  }

  function reachable(arn: string): LiveExecution | undefined {
    return closed ? undefined : lives.get(arn);
  }

  return {
    adopt(execution) {
      const live = liveExecution(execution);
      lives.set(execution.arn, live);
      for (const frame of execution.frames.values()) {
        setTimer(live, frame.id, dueTime(frame));
      }
      if (execution.frames.size > 0) setTimer(live, -1, execution.timeoutAt);
    },
    live: (arn) => lives.get(arn)?.execution,
    lives: () => [...lives.values()].map(({ execution }) => execution),
    signal(arn, signal) {
      const live = reachable(arn);
      if (live === undefined) return Promise.resolve(false);
      return new Promise((resolve, reject) =>
        deliver(live, { signal, answer: { written: () => resolve(true), failed: reject } }),
      );
    },
    send(arn, signal) {
      const live = reachable(arn);
      if (live !== undefined) deliver(live, { signal, answer: undefined });
    },
    async close() {
      await committer.idle();
      closed = true;
      for (const live of lives.values()) for (const { cancel } of live.timers.values()) cancel();
      lives.clear();
    },
  };
}

/** One listener's error must not keep the next listener from being called. It is thrown separately. */
function throwSeparately(act: () => void): void {
  try {
    act();
  } catch (thrown) {
    void Promise.reject(thrown);
  }
}
