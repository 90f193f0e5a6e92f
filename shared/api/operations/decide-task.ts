import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { decide } from '../../use-cases/requests/decide.ts';
import { findTask } from '../kit/find-task.ts';
import { operation, Refusal, refuse } from '../kit/operation.ts';
import { name } from '../kit/params.ts';

export const decidedTask = z.object({
  run: z.string(),
  task: z.string(),
  attempt: z.number(),
  approved: z.boolean(),
  by: z.string(),
});

export const decideTask = operation({
  name: 'decideTask',
  method: 'POST',
  path: '/runs/{run}/tasks/{task}/decision',
  summary:
    'Approves or rejects a waiting task. The first decision counts. The caller is recorded as the person who decided',
  params: { run: name, task: name },
  query: {},
  body: z.strictObject({ approve: z.boolean(), note: z.exactOptional(z.string().check(z.maxLength(300))) }),
  answers: { status: 200, shape: decidedTask },
  async act({ system, params: { run, task }, body: { approve, note }, caller }) {
    const found = await findTask(system, run, task);
    if (found instanceof Refusal) return found;
    const by = caller?.name ?? 'a caller without a name';
    const answer = await decide(system, { run, task }, { approve, by, ...present({ note }) });
    if (answer.is === 'refused') {
      const remedy = `GET /runs/${run}/tasks/${task} shows its state`;
      return answer.forbidden ? refuse(403, answer.problems) : refuse(409, answer.problems, { remedy });
    }
    return { run, task, attempt: answer.attempt, approved: approve, by };
  },
});
