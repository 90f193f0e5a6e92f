import * as z from 'zod/mini';
import { parseAddress } from '../../patterns/parse-address.ts';
import { whereView } from '../../views/triggers/trigger-lists.ts';
import { whereIs } from '../../views/triggers/where-is.ts';
import { operation, refuse } from '../kit/operation.ts';
import { pipelinesOf } from '../kit/params.ts';

export const findArrivals = operation({
  name: 'findArrivals',
  method: 'GET',
  path: '/arrivals',
  summary: 'What happened to an object: its batch, its run, or why no trigger takes it',
  params: {},
  query: {
    object: z.string().check(z.maxLength(1_200), z.regex(/^s3:\/\/[^/]+\/[\s\S]+$/, 'it is no s3://BUCKET/KEY')),
  },
  answers: { status: 200, shape: whereView },
  async act({ system, query }) {
    const object = parseAddress(query.object);
    if (object === undefined) return refuse(400, ['`object` must be an address such as s3://BUCKET/KEY']);
    return whereIs(system.ledger, pipelinesOf(system), object);
  },
});
