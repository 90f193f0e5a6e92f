import { findRun } from '../../actors/kit/find-run.ts';
import { definitionView } from '../../views/pipelines/definition-view.ts';
import { definitionFacts } from '../../views/pipelines/read-pipelines.ts';
import { definitionOf } from '../../views/run/definition-of.ts';
import { operation, refuse } from '../kit/operation.ts';
import { name, noRun, pipelinesOf } from '../kit/params.ts';

export const getRunDefinition = operation({
  name: 'getRunDefinition',
  method: 'GET',
  path: '/runs/{run}/definition',
  summary: 'The pipeline’s definition when the run started, with its graph',
  params: { run: name },
  query: {},
  answers: { status: 200, shape: definitionView },
  async act({ system, params: { run: id } }) {
    const run = await findRun(system, id);
    if (run === undefined) return noRun(id);
    const { pipeline, exact, changed } = await definitionOf(system.ledger, run, pipelinesOf(system));
    if (pipeline === undefined) {
      return refuse(404, [`the definition of ${run.pipeline} was not kept, and the pipeline is no longer deployed`]);
    }
    return { run: id, pipeline: run.pipeline, exact, changed, ...definitionFacts(pipeline) };
  },
});
