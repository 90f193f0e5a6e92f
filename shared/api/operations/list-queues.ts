import * as z from 'zod/mini';
import { listQueues as list } from '../../views/queues/list-queues.ts';
import { queueList } from '../../views/queues/queue-view.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { chosen, name } from '../kit/params.ts';

export const listQueues = operation({
  name: 'listQueues',
  method: 'GET',
  path: '/queues',
  summary: 'Live and queued runs by pipeline, attempts that wait for capacity, and pools',
  params: {},
  query: { pipeline: z.exactOptional(name) },
  answers: { status: 200, shape: queueList },
  async act({ system, query: { pipeline } }) {
    const pipelines = chosen(system, pipeline);
    return pipelines instanceof Refusal ? pipelines : list(system.ledger, pipelines, system.catalog.pools);
  },
});
