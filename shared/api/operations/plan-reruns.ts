import * as z from 'zod/mini';
import { planBulkRerun } from '../../use-cases/requests/bulk-rerun.ts';
import { bulkPlan } from '../../views/runs/bulk-view.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { howOf, rerunHow } from '../kit/rerun-how.ts';
import { ofSome, selection, selectionOf } from '../kit/selection.ts';

export const planReruns = operation({
  name: 'planReruns',
  method: 'POST',
  path: '/reruns/plan',
  summary:
    'What rerunning a selection of runs would do. Starts nothing. Without `status`: runs that failed, timed out or were stopped',
  params: {},
  query: {},
  body: ofSome(z.extend(rerunHow, selection)),
  answers: { status: 200, shape: bulkPlan },
  plans: true,
  async act({ system, body }) {
    const selected = selectionOf(system, body);
    if (selected instanceof Refusal) return selected;
    return (await planBulkRerun(system, selected, howOf(body))).view;
  },
});
