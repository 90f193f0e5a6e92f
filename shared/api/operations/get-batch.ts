import * as z from 'zod/mini';
import { memberPrefix } from '../../ledger/ledger-keys.ts';
import { readBatch } from '../../views/triggers/read-batch.ts';
import { batchView } from '../../views/triggers/trigger-lists.ts';
import { operation, refuse } from '../kit/operation.ts';
import { batchName, count } from '../kit/params.ts';

/** DynamoDB refuses a start outside the batch's objects. */
const member = new RegExp(`^${memberPrefix}\\d{9}$`);

export const getBatch = operation({
  name: 'getBatch',
  method: 'GET',
  path: '/batches/{batch}',
  summary: 'A complete batch and a page of its objects',
  params: { batch: batchName },
  query: { limit: count(1_000), cursor: z.exactOptional(z.string().check(z.regex(member))) },
  answers: { status: 200, shape: batchView },
  async act({ system, params: { batch }, query: { limit = 100, ...rest } }) {
    const found = await readBatch(system.ledger, batch, { ...rest, limit });
    const remedy = 'one that is open has no objects to show yet: GET /arrivals?object=s3://… says until when it is';
    return found ?? refuse(404, [`there is no batch ${batch}, or it is open`], { remedy });
  },
});
