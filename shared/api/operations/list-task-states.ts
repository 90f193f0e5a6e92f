import { readOwnRun } from '../../views/run/read-run.ts';
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
    const found = await readOwnRun(system.ledger, params.run, pipelinesOf(system));
    if (found === undefined) return noRun(params.run);
    const { id, status, settled, tasks } = found.view;
    return { run: id, status, settled, states: Object.fromEntries(tasks.map(({ name, state }) => [name, state])) };
  },
});
