import { findRun } from '../../actors/kit/find-run.ts';
import { planRerunOf } from '../../use-cases/requests/rerun.ts';
import { rerunPlan } from '../../views/run/rerun-view.ts';
import { operation, refuse } from '../kit/operation.ts';
import { name, noRun } from '../kit/params.ts';
import { howOf, rerunHow } from '../kit/rerun-how.ts';

export const planRerun = operation({
  name: 'planRerun',
  method: 'POST',
  path: '/runs/{run}/rerun-plan',
  summary: 'What a rerun would do, task by task. Starts nothing',
  params: { run: name },
  query: {},
  body: rerunHow,
  answers: { status: 200, shape: rerunPlan },
  plans: true,
  async act({ system, params: { run }, body }) {
    if ((await findRun(system, run)) === undefined) return noRun(run);
    const planned = await planRerunOf(system, run, howOf(body));
    return planned.problems === undefined ? planned.view : refuse(409, planned.problems);
  },
});
