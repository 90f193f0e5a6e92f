import { formatDuration, readDuration } from '../units/duration.ts';
import type { Path, Report } from './finding.ts';

/** A written duration in seconds. Undefined: not given, or out of bounds, which is reported. */
export function checkDuration(
  text: string | undefined,
  { path, least = 1, most }: { readonly path: Path; readonly least?: number; readonly most: number },
  report: Report,
): number | undefined {
  const seconds = text === undefined ? undefined : readDuration(text);
  if (seconds === undefined || (seconds >= least && seconds <= most)) return seconds;
  const bounds = `${formatDuration(least)} and ${formatDuration(most)}`;
  const message = `\`${path.at(-1)}\` is ${text}, and must be between ${bounds}`;
  report({ path, code: 'duration-range', message, remedy: 'write a duration within these bounds' });
  return undefined;
}
