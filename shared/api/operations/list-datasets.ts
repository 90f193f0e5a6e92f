import * as z from 'zod/mini';
import { listDatasets as list } from '../../views/triggers/list-waiting.ts';
import { datasetList } from '../../views/triggers/trigger-lists.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { chosen, count, name } from '../kit/params.ts';

export const listDatasets = operation({
  name: 'listDatasets',
  method: 'GET',
  path: '/datasets',
  summary: 'Datasets: their publishers, the triggers that wait for them, and their publications by interval',
  params: {},
  query: { pipeline: z.exactOptional(name), limit: count(100) },
  answers: { status: 200, shape: datasetList },
  async act({ system, query: { pipeline, limit = 10 } }) {
    const pipelines = chosen(system, pipeline);
    return pipelines instanceof Refusal ? pipelines : list(system.ledger, pipelines, limit);
  },
});
