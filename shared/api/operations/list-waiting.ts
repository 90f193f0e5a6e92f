import * as z from 'zod/mini';
import { listWaiting as list } from '../../views/triggers/list-waiting.ts';
import { waitingList } from '../../views/triggers/trigger-lists.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { chosen, name } from '../kit/params.ts';

export const listWaiting = operation({
  name: 'listWaiting',
  method: 'GET',
  path: '/waiting',
  summary: 'What each dataset trigger waits for',
  params: {},
  query: { pipeline: z.exactOptional(name) },
  answers: { status: 200, shape: waitingList },
  async act({ system, query: { pipeline } }) {
    const pipelines = chosen(system, pipeline);
    return pipelines instanceof Refusal ? pipelines : list(system.ledger, pipelines);
  },
});
