import { readTaskStates } from '../../use-cases/requests/read-task-states.ts';
import { taskStates } from '../../views/run/run-view.ts';
import { operation } from '../kit/operation.ts';
import { name, noRun, pipelinesOf } from '../kit/params.ts';

export const listTaskStates = operation({
  name: 'listTaskStates',
  method: 'GET',
  path: '/runs/{run}/states',
  summary: 'The states of a run’s tasks and nothing else: a column of a grid',
  params: { run: name },
  query: {},
  answers: { status: 200, shape: taskStates },
  async act({ system, params }) {
    return (await readTaskStates(system, params.run, pipelinesOf(system))) ?? noRun(params.run);
  },
});
