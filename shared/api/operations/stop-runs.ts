import * as z from 'zod/mini';
import { bulkStop } from '../../use-cases/requests/bulk-stop.ts';
import { bulkDone } from '../../views/runs/bulk-view.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { changedPlan, ofSome, selection, selectionOf } from '../kit/selection.ts';

export const stopRuns = operation({
  name: 'stopRuns',
  method: 'POST',
  path: '/stops',
  summary: 'Asks for the end of a selection of runs; `plan` quotes the digest of the plan that is meant',
  params: {},
  query: {},
  body: ofSome(z.strictObject({ ...selection, plan: z.string() })),
  answers: { status: 202, shape: bulkDone },
  async act({ system, body }) {
    const selected = selectionOf(system, body);
    if (selected instanceof Refusal) return selected;
    return (await bulkStop(system, selected, body.plan)) ?? changedPlan('/stops/plan');
  },
});
