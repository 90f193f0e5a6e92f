import * as z from 'zod/mini';
import { findRun } from '../../actors/kit/find-run.ts';
import { startRun } from '../../actors/start-run.ts';
import type { ChildRun } from '../../calls/own-call.ts';
import type { Json } from '../../json.ts';
import { present } from '../../json.ts';
import type { Interval } from '../../model/pipeline.ts';
import { childNames } from '../../runs/run/child-run.ts';
import type { System } from '../../services/system.ts';
import { timeOf } from '../../units/time-of.ts';
import { RunRefused } from './run-refused.ts';

/** Starts a run for a task, or for one of its items. @throws {RunRefused} */
export async function startChildRun(system: System, request: ChildRun): Promise<string> {
  const { pipeline, params, interval, parent, item } = request;
  const { run, task, attempt, index } = parent;
  const above = await findRun(system, run);
  const named = interval === undefined ? undefined : readInterval(interval);
  const continues = request.again !== undefined || above?.rerunOf !== undefined;
  const continued =
    continues && above !== undefined
      ? await (await import('./continue-run.ts')).continueRun(system, above, request, named)
      : {};
  const answer = await startRun(system, {
    pipeline,
    ...childNames(parent),
    // by this name, lists of runs find all that the task has started
    trigger: {
      kind: 'task',
      name: `${run}/${task}`,
      run,
      task,
      attempt,
      ...present({ pipeline: above?.pipeline, index, item }),
    },
    params,
    depth: (above?.depth ?? 0) + 1,
    ...present({ interval: named }),
    ...continued,
  });
  if (answer.is === 'run') return answer.run.id;
  throw new RunRefused(answer.problems.join('; '));
}

const time = z.string().check(z.refine((text) => timeOf(text) !== undefined));
const intervalShape = z.strictObject({ start: time, end: time });

function readInterval(interval: Json): Interval {
  const { data } = intervalShape.safeParse(interval);
  if (data !== undefined && Date.parse(data.start) < Date.parse(data.end)) return data;
  throw new RunRefused(
    `interval: came to ${JSON.stringify(interval).slice(0, 200)}, which is not {start, end} of two times`,
  );
}
