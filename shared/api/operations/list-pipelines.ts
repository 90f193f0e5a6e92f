import * as z from 'zod/mini';
import { pipelineList } from '../../views/pipelines/pipeline-view.ts';
import { readPipelineItem } from '../../views/pipelines/read-pipelines.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { chosen, name } from '../kit/params.ts';

export const listPipelines = operation({
  name: 'listPipelines',
  method: 'GET',
  path: '/pipelines',
  summary: 'Pipelines: parameters, triggers, pauses, and last runs',
  params: {},
  query: { pipeline: z.exactOptional(name) },
  answers: { status: 200, shape: pipelineList },
  async act({ system, query: { pipeline: only } }) {
    const pipelines = chosen(system, only);
    if (pipelines instanceof Refusal) return pipelines;
    const { ledger } = system;
    const now = system.clock();
    const items = pipelines.map((pipeline) => readPipelineItem(ledger, pipeline, now));
    return { pipelines: await Promise.all(items) };
  },
});
