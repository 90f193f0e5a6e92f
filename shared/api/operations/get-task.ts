import { taskDetail, taskDetailOf } from '../../views/run/task-detail.ts';
import { findTask } from '../kit/find-task.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { name } from '../kit/params.ts';

export const getTask = operation({
  name: 'getTask',
  method: 'GET',
  path: '/runs/{run}/tasks/{task}',
  summary: 'A task: its attempts with their times, arguments, output, errors, and where its log and its pages are',
  params: { run: name, task: name },
  query: {},
  answers: { status: 200, shape: taskDetail },
  async act({ system, params: { run, task } }) {
    const found = await findTask(system, run, task);
    if (found instanceof Refusal) return found;
    return taskDetailOf(found.run, found.task, found.record, system.region);
  },
});
