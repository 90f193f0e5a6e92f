import type { Clock } from '../../clock.ts';
import type { EngineStore, ExecutionChange } from '../store/engine-store.ts';
import { recordOf } from '../store/execution-record.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { type LiveExecution, nothingUnsaved, type Unsaved } from './live-execution.ts';

export type Committer = {
  add(live: LiveExecution): void;
  /** Resolves when all that was added is on disk, or was refused. */
  idle(): Promise<void>;
};

/** After a refusal by the disk, before it is asked again. */
const againMs = 1_000;

/**
 * Writes the transitions of all executions that happen in one turn of the event loop in one commit: one wait for the
 * disk serves them all. What the disk refuses is kept, and tried again; those who wait for it are told at once.
 */
export function createCommitter(
  store: EngineStore,
  clock: Clock,
  afterCommit: (live: LiveExecution, written: Unsaved) => void,
): Committer {
  const waiting = new Set<LiveExecution>();
  let flush: Promise<void> | undefined;

  async function nextTurn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    flush = undefined;
    write();
  }

  function schedule(): void {
    if (flush !== undefined) return;
    flush = nextTurn();
    clock.track?.(flush);
  }

  function write(): void {
    // One in the middle of a transition adds itself again at its end.
    const batch = [...waiting].filter(({ busy }) => !busy);
    waiting.clear();
    try {
      store.commit(batch.map(changeOf));
    } catch (thrown) {
      for (const live of batch) refuse(live, thrown);
      return;
    }
    // First all, then what follows from each: it may set any of them going again.
    for (const [live, written] of batch.map(take)) {
      for (const letter of written.letters) letter.written();
      afterCommit(live, written);
    }
  }

  function refuse(live: LiveExecution, thrown: unknown): void {
    for (const letter of live.unsaved.letters.splice(0)) letter.failed(new StoreUnavailable(thrown));
    waiting.add(live);
    clock.at(clock.now() + againMs, schedule);
  }

  return {
    add(live) {
      waiting.add(live);
      schedule();
    },
    async idle() {
      while (flush !== undefined) await flush;
    },
  };
}

function take(live: LiveExecution): readonly [LiveExecution, Unsaved] {
  const { unsaved } = live;
  live.unsaved = nothingUnsaved();
  for (const frame of unsaved.frames) live.saved.set(frame, frame.documents);
  return [live, unsaved];
}

function changeOf({ execution, unsaved, saved }: LiveExecution): ExecutionChange {
  const frames = [...unsaved.frames].filter(({ id }) => execution.frames.has(id));
  return {
    key: execution.key,
    frames: frames.map((frame) => ({ frame, documents: saved.get(frame) !== frame.documents })),
    removed: [...unsaved.removed],
    events: unsaved.events,
    ...(unsaved.record && { record: recordOf(execution) }),
  };
}
