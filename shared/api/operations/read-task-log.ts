import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { logCursor } from '../../services/logs/log-cursor.ts';
import { showsOf } from '../../tasks/kinds.ts';
import { readLogOf } from '../../use-cases/requests/read-log.ts';
import { logView } from '../../views/run/log-view.ts';
import { findTask, findWork } from '../kit/find-task.ts';
import { operation, Refusal, refuse } from '../kit/operation.ts';
import { count, name } from '../kit/params.ts';

export const readTaskLog = operation({
  name: 'readTaskLog',
  method: 'GET',
  path: '/runs/{run}/tasks/{task}/log',
  summary: 'The log of a task’s work, a page at a time from either end, or only the lines that contain a text',
  params: { run: name, task: name },
  query: {
    attempt: count(10_000),
    limit: count(1_000),
    from: z.exactOptional(z.enum(['start', 'end'])),
    search: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(200))),
    cursor: z.exactOptional(z.string().check(z.regex(logCursor))),
  },
  answers: { status: 200, shape: logView },
  async act({ system, params, query: { attempt, limit = 200, from = 'start', ...rest } }) {
    const found = await findTask(system, params.run, params.task);
    if (found instanceof Refusal) return found;
    const work = findWork(found, attempt);
    if (work instanceof Refusal) return work;
    const { kind, id, endedAt } = work;
    if (showsOf(kind)?.logs !== true) return refuse(404, [`work of the kind ${kind} has no log`]);
    if (system.readLog === undefined) return refuse(404, ['logs are not available here']);
    const log = await readLogOf(system.readLog, params, work, { from, limit, ...present(rest) });
    const remedy = endedAt === undefined ? 'it may have written nothing yet' : 'it may be gone by now';
    return log ?? refuse(404, [`there is no log of ${id}`], { remedy });
  },
});
