import { layOutPipeline } from '../../views/pipelines/lay-out-pipeline.ts';
import { layoutView } from '../../views/pipelines/layout-view.ts';
import { operation } from '../kit/operation.ts';
import { name, noPipeline } from '../kit/params.ts';

export const getLayout = operation({
  name: 'getLayout',
  method: 'GET',
  path: '/pipelines/{pipeline}/layout',
  summary: 'Coordinates for a drawing of a pipeline’s graph, from left to right',
  params: { pipeline: name },
  query: {},
  answers: { status: 200, shape: layoutView },
  async act({ system, params }) {
    const found = system.catalog.byName(params.pipeline);
    return found === undefined ? noPipeline(system, params.pipeline) : layOutPipeline(found.pipeline);
  },
});
