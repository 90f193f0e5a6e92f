import { pipelineList } from '../../views/pipelines/pipeline-view.ts';
import { readPipelineItem } from '../../views/pipelines/read-pipelines.ts';
import { operation } from '../kit/operation.ts';
import { pipelinesOf } from '../kit/params.ts';

export const listPipelines = operation({
  name: 'listPipelines',
  method: 'GET',
  path: '/pipelines',
  summary: 'Pipelines: parameters, triggers, pauses, and last runs',
  params: {},
  query: {},
  answers: { status: 200, shape: pipelineList },
  async act({ system }) {
    const { ledger } = system;
    const now = system.clock();
    const items = pipelinesOf(system).map((pipeline) => readPipelineItem(ledger, pipeline, now));
    return { pipelines: await Promise.all(items) };
  },
});
