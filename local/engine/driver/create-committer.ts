import type { Clock } from '../../clock/clock.ts';
import type { Notice } from '../frames/command.ts';
import type { Execution } from '../frames/execution.ts';
import type { EngineStore, ExecutionChange } from '../ports/engine-store.ts';
import { StoreUnavailable } from '../ports/store-unavailable.ts';
import { recordOf } from '../store/execution-record.ts';
import { type LiveExecution, nothingUnsaved, type Unsaved } from './live-execution.ts';

export type Committer = {
  add(live: LiveExecution): void;
  /** Resolves when everything that was added is on disk, or was refused. */
  idle(): Promise<void>;
};

/** If a commit is cheap, it follows at once. Every two milliseconds or so, timers and sockets get a turn. */
const commitsPerTurn = 256;

/** Pause before the next try after the disk refused. */
const againMs = 1_000;

/**
 * Commits the transitions that all executions make in one turn of the event loop together, so that they share one wait
 * for the disk. It retries what the disk refuses, and tells those who wait for it at once.
 */
export function createCommitter(
  store: EngineStore,
  clock: Clock,
  announce: (execution: Execution, notice: Notice) => void,
  afterCommit: (live: LiveExecution, written: Unsaved) => void,
): Committer {
  let waiting = new Set<LiveExecution>();
  let flush: Promise<void> | undefined;
  let commits = 0;
  let retrying = false;

  function nextTurn(): Promise<void> {
    commits += 1;
    if (!store.durable && commits % commitsPerTurn !== 0) return Promise.resolve();
    return new Promise((resolve) => setImmediate(resolve));
  }

  function schedule(): void {
    if (flush !== undefined) return;
    flush = nextTurn().then(write);
    clock.track?.(flush);
  }

  function write(): void {
    flush = undefined;
    // An execution in the middle of a transition adds itself again at its end.
    const batch = [...waiting].filter(({ busy }) => !busy);
    // Replaced rather than cleared: a long-lived Set keeps its earlier tables, and their contents, reachable until the
    // next full collection.
    waiting = new Set();
    try {
      store.commit(batch.map((live) => changeOf(live, announce)));
    } catch (thrown) {
      for (const live of batch) refuse(live, thrown);
      retryLater();
      return;
    }
    // First all, then the consequences of each, which may advance any of them.
    for (const [live, written] of batch.map(take)) {
      for (const { answer } of written.letters) answer?.written();
      afterCommit(live, written);
    }
  }

  function refuse(live: LiveExecution, thrown: unknown): void {
    for (const { answer } of live.unsaved.letters.splice(0)) answer?.failed(new StoreUnavailable(thrown));
    waiting.add(live);
  }

  /** One shared timer: separate ones would each set as many more. */
  function retryLater(): void {
    if (retrying) return;
    retrying = true;
    clock.at(clock.now() + againMs, () => {
      retrying = false;
      schedule();
    });
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
  return [live, unsaved];
}

function changeOf(
  { execution, unsaved }: LiveExecution,
  announce: (execution: Execution, notice: Notice) => void,
): ExecutionChange {
  return {
    key: execution.key,
    frames: [...unsaved.touched],
    removed: unsaved.removed,
    events: unsaved.events,
    record: unsaved.record ? recordOf(execution) : undefined,
    also: unsaved.notices.length === 0 ? undefined : () => announceAll(execution, unsaved.notices, announce),
  };
}

function announceAll(
  execution: Execution,
  notices: readonly Notice[],
  announce: (execution: Execution, notice: Notice) => void,
): void {
  for (const notice of notices) announce(execution, notice);
}
