import * as z from 'zod/mini';
import { planBulkStop } from '../../use-cases/requests/bulk-stop.ts';
import { bulkPlan } from '../../views/runs/bulk-view.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { ofSome, selection, selectionOf } from '../kit/selection.ts';

export const planStops = operation({
  name: 'planStops',
  method: 'POST',
  path: '/stops/plan',
  summary: 'Which runs of a selection would be stopped. Stops nothing. Without `status`: all live runs',
  params: {},
  query: {},
  body: ofSome(z.strictObject(selection)),
  answers: { status: 200, shape: bulkPlan },
  plans: true,
  async act({ system, body }) {
    const selected = selectionOf(system, body);
    return selected instanceof Refusal ? selected : planBulkStop(system, selected);
  },
});
