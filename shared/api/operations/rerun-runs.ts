import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { bulkRerun } from '../../use-cases/requests/bulk-rerun.ts';
import { bulkDone } from '../../views/runs/bulk-view.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { howOf, rerunHow } from '../kit/rerun-how.ts';
import { bulkAnswer, ofSome, selection, selectionOf } from '../kit/selection.ts';

export const rerunRuns = operation({
  name: 'rerunRuns',
  method: 'POST',
  path: '/reruns',
  summary: 'Reruns a selection of runs. `plan` is the digest of the plan to carry out',
  params: {},
  query: {},
  body: ofSome(z.extend(rerunHow, { ...selection, plan: z.string() })),
  answers: { status: 202, shape: bulkDone },
  async act({ system, body, key }) {
    const selected = selectionOf(system, body);
    if (selected instanceof Refusal) return selected;
    const answer = await bulkRerun(system, selected, howOf(body), {
      digest: body.plan,
      ...present({ key }),
    });
    return bulkAnswer(answer, '/reruns/plan');
  },
});
