import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { bulkStop } from '../../use-cases/requests/bulk-stop.ts';
import { bulkDone } from '../../views/runs/bulk-view.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { bulkAnswer, ofSome, selection, selectionOf } from '../kit/selection.ts';

export const stopRuns = operation({
  name: 'stopRuns',
  method: 'POST',
  path: '/stops',
  summary: 'Stops a selection of runs. `plan` is the digest of the plan to carry out',
  params: {},
  query: {},
  body: ofSome(z.strictObject({ ...selection, plan: z.string() })),
  answers: { status: 202, shape: bulkDone },
  async act({ system, body, key }) {
    const selected = selectionOf(system, body);
    if (selected instanceof Refusal) return selected;
    const answer = await bulkStop(system, selected, { digest: body.plan, ...present({ key }) });
    return bulkAnswer(answer, '/stops/plan');
  },
});
