import * as z from 'zod/mini';
import { readRun } from '../../views/run/read-run.ts';
import { whyRun, whyTask } from '../../views/why/why.ts';
import { whyView } from '../../views/why/why-view.ts';
import { operation, refuse } from '../kit/operation.ts';
import { name, noRun, pipelinesOf } from '../kit/params.ts';

export const explainRun = operation({
  name: 'explainRun',
  method: 'GET',
  path: '/runs/{run}/why',
  summary: 'Why a run or one of its tasks waits, is still running, or ended as it did',
  params: { run: name },
  query: { task: z.exactOptional(name) },
  answers: { status: 200, shape: whyView },
  async act({ system, params: { run: id }, query }) {
    const run = await readRun(system.ledger, id, pipelinesOf(system));
    if (run === undefined) return noRun(id);
    if (query.task === undefined) return whyRun(run, system.clock());
    const task = run.tasks.find((each) => each.name === query.task);
    if (task !== undefined) return whyTask(run, task, system.clock());
    const remedy = `it has ${run.tasks.map((each) => each.name).join(', ')}`;
    return refuse(404, [`${id} has no task ${query.task}`], { remedy: remedy.slice(0, 2_000) });
  },
});
