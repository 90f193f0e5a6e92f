import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { listLetters } from '../../use-cases/requests/letters.ts';
import { letterList } from '../../views/triggers/trigger-lists.ts';
import { operation } from '../kit/operation.ts';
import { count, cursor, name } from '../kit/params.ts';

export const listDeadLetters = operation({
  name: 'listDeadLetters',
  method: 'GET',
  path: '/dead-letters',
  summary:
    'Arrivals and runs that could not be taken or started, and why, oldest first. Locally also undelivered events',
  params: {},
  query: { pipeline: z.exactOptional(name), limit: count(200), cursor },
  answers: { status: 200, shape: letterList },
  async act({ system, query: { pipeline, limit = 100, cursor: from } }) {
    return listLetters(system, { limit, ...present({ pipeline, cursor: from }) });
  },
});
