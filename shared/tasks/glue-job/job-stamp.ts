import { outputUrl } from '../kind/output-address.ts';
import { textOf } from '../kind/text-of.ts';
import type { Order, Owner, Stack } from '../kind/work-state.ts';
import type { GlueJobWork } from './glue-job-work.ts';
import type { ReadJobRun } from './job-run.ts';

/**
 * Clocks differ: an attempt's job run may seem slightly older than the attempt. Without a stamp, only its age tells.
 */
const skewMilliseconds = { stamped: 5 * 60_000, bare: 5_000 };

/** The user's arguments and ours. Names begin with `--`. Values are strings: any other value becomes JSON. */
export function jobArguments(order: Order<GlueJobWork>, stack: Stack): Record<string, string> {
  const { run, task, attempt, work } = order;
  const given = Object.entries(work.args).map(([name, value]): [string, string] => [`--${name}`, textOf(value)]);
  const stamp = {
    '--gluewright_stack': stack.name,
    '--gluewright_run': run,
    '--gluewright_task': task,
    '--gluewright_attempt': String(attempt),
    '--gluewright_output': outputUrl(order, stack),
  };
  return { ...Object.fromEntries(given), ...(work.inject ? stamp : {}) };
}

/** The owner of a job run, by its arguments. Undefined: it is not this stack's. */
export function ownerOf(run: Pick<ReadJobRun, 'Arguments'>, stack: Pick<Stack, 'name'>): Owner | undefined {
  const id = run.Arguments?.['--gluewright_run'];
  const task = run.Arguments?.['--gluewright_task'];
  const attempt = Number(run.Arguments?.['--gluewright_attempt']);
  if (run.Arguments?.['--gluewright_stack'] !== stack.name) return undefined;
  if (id === undefined || task === undefined || !Number.isInteger(attempt)) return undefined;
  return { run: id, task, attempt };
}

/** Whether a job run may be the attempt's: it has its stamp or, for jobs without stamps, exactly its arguments. */
export function mayBeOf(run: ReadJobRun, order: Order<GlueJobWork>, stack: Stack): boolean {
  if (!order.work.inject) return isEqual(run, jobArguments(order, stack));
  const owner = ownerOf(run, stack);
  return owner?.run === order.run && owner.task === order.task && owner.attempt === order.attempt;
}

/** Work older than the attempt cannot be its own. */
export function isYoungEnough(run: ReadJobRun, { since, work }: Order<GlueJobWork>): boolean {
  const skew = work.inject ? skewMilliseconds.stamped : skewMilliseconds.bare;
  return run.StartedOn === undefined || run.StartedOn.getTime() >= since - skew;
}

function isEqual(run: ReadJobRun, expected: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(run.Arguments ?? {});
  return (
    names.length === Object.keys(expected).length && names.every((name) => run.Arguments?.[name] === expected[name])
  );
}
