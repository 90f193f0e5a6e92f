import { duration } from '../duration.ts';
import { lastLine } from '../last-line.ts';
import type { AttemptView, TaskView } from '../run/run-view.ts';
import { timeOf } from '../shapes.ts';
import { stateWords } from './state-words.ts';

/** `attempt 1 failed (the source is away)`. */
export function attemptEnd({ number, state, reason }: AttemptView): string {
  const why = lastLine(reason ?? '');
  return `attempt ${number} ${state === 'stopped' ? 'was stopped' : stateWords[state]}${why === '' ? '' : ` (${why})`}`;
}

/** `attempt 1 failed (the source is away), tries again in about 12s`; empty if no retry is coming. */
export function triesAgain({ state, attempts, triesAgainAt }: TaskView, now: number): string {
  const last = attempts.at(-1);
  if (state !== 'retrying' || last === undefined) return '';
  return `${attemptEnd(last)}, ${triesAgainAt === undefined ? 'tries again' : `tries again ${soon(timeOf(triesAgainAt) - now)}`}`;
}

/** Step Functions counts the time, from slightly later on. */
function soon(milliseconds: number): string {
  if (milliseconds <= 0) return 'now';
  return `in about ${milliseconds < 59_500 ? `${Math.ceil(milliseconds / 1000)}s` : duration(milliseconds)}`;
}

/** Attempts that began work, or still may. An attempt that the task's deadline prevented does not count. */
export function triesOf({ attempts }: TaskView): number {
  return attempts.filter(({ id, endedAt }) => id !== undefined || endedAt === undefined).length;
}

/** The last attempt that began work. */
export function lastBegun({ attempts }: TaskView): (AttemptView & { readonly id: string }) | undefined {
  for (const attempt of attempts.toReversed()) {
    const { id } = attempt;
    if (id !== undefined) return { ...attempt, id };
  }
  return undefined;
}
