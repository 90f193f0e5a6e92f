import * as z from 'zod/mini';
import manifest from '../../../package.json' with { type: 'json' };
import { operation } from '../kit/operation.ts';

export const getVersion = operation({
  name: 'getVersion',
  method: 'GET',
  path: '/version',
  summary: 'The version of Gluewright',
  params: {},
  query: {},
  answers: { status: 200, shape: z.object({ name: z.string(), version: z.string() }) },
  async act() {
    const { name, version } = manifest;
    return { name, version };
  },
});
