import * as z from 'zod/mini';
import { listBatches as list } from '../../views/triggers/list-batches.ts';
import { openBatchList } from '../../views/triggers/trigger-lists.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { chosen, name } from '../kit/params.ts';

export const listBatches = operation({
  name: 'listBatches',
  method: 'GET',
  path: '/batches',
  summary: 'Open batches: what they hold so far, and what will end them',
  params: {},
  query: { pipeline: z.exactOptional(name) },
  answers: { status: 200, shape: openBatchList },
  async act({ system, query: { pipeline } }) {
    const pipelines = chosen(system, pipeline);
    return pipelines instanceof Refusal ? pipelines : list(system.ledger, pipelines);
  },
});
