import type { Frame } from '../frames/execution.ts';

/** When a frame continues without a signal. Undefined if it needs one. */
export function dueTime({ phase }: Frame): number | undefined {
  if (phase.kind === 'waiting' || phase.kind === 'retrying') return phase.until;
  if (phase.kind !== 'task') return undefined;
  const { timeoutAt, heartbeatAt } = phase;
  if (timeoutAt === undefined) return heartbeatAt;
  return heartbeatAt === undefined ? timeoutAt : Math.min(timeoutAt, heartbeatAt);
}
