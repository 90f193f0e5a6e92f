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
  /** Takes an execution in, to be given its first signal, or as it was found on disk. */
  adopt(execution: Execution): void;
  live(arn: string): Execution | undefined;
  lives(): readonly Execution[];
  /** Resolves when what came of the signal is on disk; false when no such execution is under way. */
  signal(arn: string, signal: Signal): Promise<boolean>;
  /** The same, for those who do not wait. What the disk refuses is tried again all the same. */
  send(arn: string, signal: Signal): void;
  /** Writes what is not written yet, and stops all timers. */
  close(): Promise<void>;
};

/** Where what comes of transitions goes. */
export type Outlets = {
  /** Called in the commit: what it writes to the store's database is on disk with the transition, or not at all. */
  readonly announce: (execution: Execution, notice: Notice) => void;
  readonly perform: (execution: Execution, command: Command) => void;
  readonly ended: (execution: Execution) => void;
};

/** Feeds executions with signals, one at a time each, writes what comes of them, and has it performed after that. */
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
      const { execution, unsaved } = live; // not replaced before this pump is at its end
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
    for (const command of written.commands) surely(() => perform(execution, command));
    if (execution.status === 'RUNNING') return;
    lives.delete(execution.arn);
    surely(() => ended(execution));
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

/** What others do when they are told must not keep the next from being told. It is thrown all the same, on its own. */
function surely(act: () => void): void {
  try {
    act();
  } catch (thrown) {
    void Promise.reject(thrown);
  }
}
