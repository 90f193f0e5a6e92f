import * as z from 'zod/mini';
import { findRun } from '../../actors/kit/find-run.ts';
import { present } from '../../json.ts';
import { rerun } from '../../use-cases/requests/rerun.ts';
import { operation, refuse } from '../kit/operation.ts';
import { name, noRun } from '../kit/params.ts';
import { howOf, rerunHow } from '../kit/rerun-how.ts';
import { noInterval, startedRun, startShape } from '../kit/start-shape.ts';

export const rerunRun = operation({
  name: 'rerunRun',
  method: 'POST',
  path: '/runs/{run}/rerun',
  summary: 'Reruns a run and keeps its successful tasks. `plan` is the digest of the plan to carry out',
  params: { run: name },
  query: {},
  body: z.extend(rerunHow, { ...startShape.shape, plan: z.exactOptional(z.string()) }),
  answers: { status: 202, shape: startedRun },
  handlesKey: true,
  locate: ({ run }) => `/runs/${run}`,
  async act({ system, params: { run }, body, key }) {
    if ((await findRun(system, run)) === undefined) return noRun(run);
    const { params, interval, plan } = body;
    const refused = noInterval(interval);
    if (refused !== undefined) return refused;
    const request = {
      ...howOf(body),
      ...present({ params, interval, plan }),
    };
    const answer = await (key === undefined ? rerun(system, run, request) : rerun(system, run, request, key));
    if (answer.is === 'refused') {
      const remedy = `POST /runs/${run}/rerun-plan says what would be done`;
      return refuse(409, answer.problems, { remedy });
    }
    const { id, pipeline, status } = answer.run;
    return { run: id, pipeline, status, again: answer.again };
  },
});
