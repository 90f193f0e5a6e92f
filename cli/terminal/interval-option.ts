import type { Interval, Pipeline } from '../../shared/model/pipeline.ts';
import { parseInterval } from '../../shared/time/parse-interval.ts';
import { CommandError, exitCodes } from './command-error.ts';

export const intervalHelp = 'the interval to run: START/END, or one day, hour … of the pipeline’s schedule';

/** Of `--interval`; empty where it is not given. @throws {CommandError} */
export function intervalOf(text: string | undefined, pipeline: Pipeline): { readonly interval?: Interval } {
  if (text === undefined) return {};
  const parsed = parseInterval(text, pipeline);
  if (parsed.problem !== undefined) throw new CommandError(exitCodes.usage, `--interval: ${parsed.problem}`);
  return { interval: parsed.interval };
}

/** The same of a run that has none of an earlier one. @throws {CommandError} where a task needs one, too */
export function intervalFor(text: string | undefined, pipeline: Pipeline): { readonly interval?: Interval } {
  const reader = text === undefined ? pipeline.tasks.find(({ needsInterval }) => needsInterval) : undefined;
  if (reader === undefined) return intervalOf(text, pipeline);
  const message = `the task \`${reader.name}\` reads $interval: give it with --interval START/END`;
  throw new CommandError(exitCodes.usage, message);
}

/** On a stage nobody knows the pipeline's schedule: it is written out. @throws {CommandError} */
export function writtenInterval(text: string): Interval {
  const [start, end, more] = text.split('/');
  if (start !== undefined && end !== undefined && more === undefined) return { start, end };
  throw new CommandError(exitCodes.usage, '--interval of a stage’s run takes START/END');
}
