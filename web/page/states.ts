import type { TaskState } from '../../shared/views/run/run-view.ts';
import type { RunItem } from '../../shared/views/runs/run-list.ts';

export type AnyState = TaskState | RunItem['status'];

/** A state's word, shape and colour, so that no single one is essential. */
export type Look = {
  readonly word: string;
  /** The path of a shape of 12 by 12. */
  readonly shape: string;
  readonly colour: 'good' | 'bad' | 'live' | 'wait' | 'none';
};

const shapes = {
  check: 'M1 6.5 4.5 10 11 2.5',
  cross: 'M2 2l8 8M10 2l-8 8',
  play: 'M3 1.5v9l7-4.5z',
  ring: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z',
  diamond: 'M6 1 11 6 6 11 1 6z',
  dash: 'M1.5 6h9',
  square: 'M2 2h8v8H2z',
  clock: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10zM6 3v3l2 2',
  loop: 'M10 4a4.5 4.5 0 1 0 .5 3M10.5 0.5V4H7',
  up: 'M6 11V2M2 6l4-4 4 4',
} as const;

const task = {
  waiting: { word: 'waiting', shape: shapes.ring, colour: 'none' },
  starting: { word: 'starting', shape: shapes.clock, colour: 'wait' },
  queued: { word: 'queued', shape: shapes.diamond, colour: 'wait' },
  retrying: { word: 'retrying', shape: shapes.loop, colour: 'wait' },
  running: { word: 'running', shape: shapes.play, colour: 'live' },
  succeeded: { word: 'succeeded', shape: shapes.check, colour: 'good' },
  failed: { word: 'failed', shape: shapes.cross, colour: 'bad' },
  timed_out: { word: 'timed out', shape: shapes.clock, colour: 'bad' },
  stopped: { word: 'stopped', shape: shapes.square, colour: 'bad' },
  skipped: { word: 'skipped', shape: shapes.dash, colour: 'none' },
  not_run: { word: 'not run', shape: shapes.dash, colour: 'none' },
  upstream_failed: { word: 'upstream failed', shape: shapes.up, colour: 'bad' },
} as const satisfies Record<TaskState, Look>;

const run = {
  PENDING: task.starting,
  QUEUED: task.queued,
  RUNNING: task.running,
  SUCCEEDED: task.succeeded,
  FAILED: task.failed,
  TIMED_OUT: task.timed_out,
  ABORTED: task.stopped,
  SKIPPED: task.skipped,
} as const satisfies Record<RunItem['status'], Look>;

const looks: Readonly<Record<AnyState, Look>> = { ...task, ...run };

/** A server newer than the page may have states that the page does not know. */
export function lookOf(state: AnyState): Look {
  return Object.hasOwn(looks, state) ? looks[state] : { word: state, shape: shapes.ring, colour: 'none' };
}

export function isLive(status: RunItem['status']): boolean {
  return status === 'PENDING' || status === 'QUEUED' || status === 'RUNNING';
}

export function isBad(status: AnyState): boolean {
  return lookOf(status).colour === 'bad';
}

/** The order in which states of several tasks drawn as one matter. */
const worstFirst = ['bad', 'live', 'wait', 'none', 'good'] as const;

/** The state that represents several. Absent: none has a state. */
export function worstOf(states: readonly (TaskState | undefined)[]): TaskState | undefined {
  for (const colour of worstFirst) {
    const found = states.find((state) => state !== undefined && lookOf(state).colour === colour);
    if (found !== undefined) return found;
  }
  return undefined;
}
