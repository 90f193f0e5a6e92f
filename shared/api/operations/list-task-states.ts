import { readRun } from '../../views/read-run.ts';
import { taskStates } from '../../views/run-view.ts';
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
    const run = await readRun(system.ledger, params.run, pipelinesOf(system));
    if (run === undefined) return noRun(params.run);
    const states = Object.fromEntries(run.tasks.map((task) => [task.name, task.state]));
    return { run: run.id, status: run.status, settled: run.settled, states };
  },
});
