import * as z from 'zod/mini';
import { latestRun } from '../../views/runs/list-runs.ts';
import { operation } from '../kit/operation.ts';

export const getHealth = operation({
  name: 'getHealth',
  method: 'GET',
  path: '/health',
  summary: 'Checks that the ledger can be read',
  params: {},
  query: {},
  answers: { status: 200, shape: z.object({ healthy: z.literal(true), stack: z.string() }) },
  async act({ system }) {
    await latestRun(system.ledger);
    return { healthy: true, stack: system.stack };
  },
});
