import * as z from 'zod/mini';
import { present } from '../../json.ts';
import type { System } from '../../services/system.ts';
import type { BulkAnswer } from '../../use-cases/requests/agreed-plan.ts';
import type { Selection } from '../../use-cases/requests/select-runs.ts';
import { runStatus } from '../../views/run/run-view.ts';
import type { BulkDone } from '../../views/runs/bulk-view.ts';
import { timeOf } from '../../views/shapes.ts';
import { described } from './described.ts';
import { type Refusal, refuse } from './operation.ts';
import { name, noPipeline, time } from './params.ts';

/** The runs that pass every filter. */
export const selection = {
  pipeline: z.exactOptional(name),
  status: z.exactOptional(z.array(runStatus).check(z.maxLength(8))),
  trigger: z.exactOptional(z.string().check(z.maxLength(200))),
  since: z.exactOptional(time),
  until: z.exactOptional(time),
  for: z.exactOptional(time),
};

/** Requires a pipeline or a time, so that nobody selects every run by mistake. */
export function ofSome<Shape extends z.ZodMiniType<{ readonly pipeline?: string; readonly since?: string }>>(
  shape: Shape,
): Shape {
  const isSome = z.refine<{ readonly pipeline?: string; readonly since?: string }>(
    ({ pipeline, since }) => pipeline !== undefined || since !== undefined,
    'name the runs by `pipeline`, by `since`, or by both',
  );
  const some = { anyOf: [{ required: ['pipeline'] }, { required: ['since'] }] };
  return described(shape.check(isSome), (made) => ({ ...made, ...some }));
}

type Written = z.output<z.ZodMiniObject<typeof selection>>;

export function selectionOf(system: System, body: Written): Selection | Refusal {
  const { pipeline, status, trigger, since, until, for: within } = body;
  if (pipeline !== undefined && system.catalog.byName(pipeline) === undefined) return noPipeline(system, pipeline);
  return present({
    pipeline,
    statuses: status,
    trigger,
    since: since === undefined ? undefined : timeOf(since),
    until: until === undefined ? undefined : timeOf(until),
    within: within === undefined ? undefined : timeOf(within),
  });
}

/** @param path where to ask for the plan again */
export function bulkAnswer(answer: BulkAnswer, path: string): BulkDone | Refusal {
  if (answer.is === 'done') return answer.view;
  return refuse(409, answer.problems, { remedy: `ask for the plan again: POST ${path}` });
}
