import { taskDetail, taskDetailOf } from '../../views/run/task-detail.ts';
import { findTask } from '../kit/find-task.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { name } from '../kit/params.ts';

export const getTask = operation({
  name: 'getTask',
  method: 'GET',
  path: '/runs/{run}/tasks/{task}',
  summary: 'A task: attempts with their times, arguments, output, errors, and links to its log and the service’s pages',
  params: { run: name, task: name },
  query: {},
  answers: { status: 200, shape: taskDetail },
  async act({ system, params: { run, task } }) {
    const found = await findTask(system, run, task);
    if (found instanceof Refusal) return found;
    return taskDetailOf(found.run, found.task, found.record, system.region);
  },
});
