import type { Interval, Pipeline } from '../../shared/model/pipeline.ts';
import { parseInterval } from '../../shared/time/parse-interval.ts';
import { CommandError, exitCodes } from './command-error.ts';

export const intervalHelp = 'the interval to run: START/END, or one day, hour … of the pipeline’s schedule';

/** Reads `--interval`. Empty if it is not given. @throws {CommandError} */
export function intervalOf(text: string | undefined, pipeline: Pipeline): { readonly interval?: Interval } {
  if (text === undefined) return {};
  const parsed = parseInterval(text, pipeline);
  if (parsed.problem !== undefined) throw new CommandError(exitCodes.usage, `--interval: ${parsed.problem}`);
  return { interval: parsed.interval };
}

/** The same for a new run. @throws {CommandError} also if a task needs an interval and none is given */
export function intervalFor(text: string | undefined, pipeline: Pipeline): { readonly interval?: Interval } {
  const reader = text === undefined ? pipeline.tasks.find(({ needsInterval }) => needsInterval) : undefined;
  if (reader === undefined) return intervalOf(text, pipeline);
  const message = `the task \`${reader.name}\` reads $interval: give it with --interval START/END`;
  throw new CommandError(exitCodes.usage, message);
}

/** Reads START/END. The schedules of a stage's pipelines are not known here. @throws {CommandError} */
export function writtenInterval(text: string): Interval {
  const [start, end, more] = text.split('/');
  if (start !== undefined && end !== undefined && more === undefined) return { start, end };
  throw new CommandError(exitCodes.usage, '--interval on a stage takes START/END');
}
