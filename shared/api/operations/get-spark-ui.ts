import * as z from 'zod/mini';
import { showsOf } from '../../tasks/kinds.ts';
import { findTask, findWork } from '../kit/find-task.ts';
import { operation, Refusal, refuse } from '../kit/operation.ts';
import { count, name } from '../kit/params.ts';

export const getSparkUi = operation({
  name: 'getSparkUi',
  method: 'GET',
  path: '/runs/{run}/tasks/{task}/spark-ui',
  summary: 'A short-lived address of Spark’s pages for a task’s job run. Anybody who has the address can open it',
  params: { run: name, task: name },
  query: { attempt: count(10_000) },
  answers: { status: 200, shape: z.object({ run: z.string(), task: z.string(), id: z.string(), url: z.string() }) },
  async act({ system, params: { run, task }, query }) {
    const found = await findTask(system, run, task);
    if (found instanceof Refusal) return found;
    const work = findWork(found, query.attempt);
    if (work instanceof Refusal) return work;
    if (system.sparkUi === undefined) return refuse(404, ['Spark’s pages are available on AWS only']);
    if (showsOf(work.kind)?.sparkUi !== true) return refuse(409, [`${work.kind} has no Spark pages`]);
    const answer = await system.sparkUi(work.id);
    return 'problem' in answer ? refuse(409, [answer.problem]) : { run, task, id: work.id, url: answer.url };
  },
});
