import { readDuration } from '../../shared/units/duration.ts';
import { timeOf } from '../../shared/units/time-of.ts';
import { CommandError, exitCodes } from './command-error.ts';

/** Reads `--since` and the like: `2d` ago, a day, or an instant. Epoch milliseconds. @throws {CommandError} */
export function timeOption(option: string, text: string, now: number): number {
  const ago = readDuration(text);
  if (ago !== undefined) return now - ago * 1_000;
  const time = /^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? timeOf(text) : undefined;
  if (time !== undefined) return time;
  throw new CommandError(
    exitCodes.usage,
    `${option} takes 2d, 12h, a day or a time such as 2026-11-22T06:00:00Z, not ${text}`,
  );
}
