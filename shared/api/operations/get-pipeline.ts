import { pipelineView } from '../../views/pipelines/pipeline-view.ts';
import { readPipelineView } from '../../views/pipelines/read-pipelines.ts';
import { operation } from '../kit/operation.ts';
import { name, noPipeline } from '../kit/params.ts';

export const getPipeline = operation({
  name: 'getPipeline',
  method: 'GET',
  path: '/pipelines/{pipeline}',
  summary: 'A deployed pipeline with its graph',
  params: { pipeline: name },
  query: {},
  answers: { status: 200, shape: pipelineView },
  async act({ system, params }) {
    const found = system.catalog.byName(params.pipeline);
    if (found === undefined) return noPipeline(system, params.pipeline);
    return readPipelineView(system.ledger, found.pipeline, system.clock());
  },
});
