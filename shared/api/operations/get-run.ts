import { readRun } from '../../views/run/read-run.ts';
import { runView } from '../../views/run/run-view.ts';
import { operation } from '../kit/operation.ts';
import { name, noRun, pipelinesOf } from '../kit/params.ts';

export const getRun = operation({
  name: 'getRun',
  method: 'GET',
  path: '/runs/{run}',
  summary: 'A run: tasks, attempts, outputs, errors, what it waits for, and what started it',
  params: { run: name },
  query: {},
  answers: { status: 200, shape: runView },
  async act({ system, params: { run } }) {
    return (await readRun(system.ledger, run, pipelinesOf(system))) ?? noRun(run);
  },
});
