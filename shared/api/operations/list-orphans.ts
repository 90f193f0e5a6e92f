import * as z from 'zod/mini';
import { findOrphans, orphanView } from '../../use-cases/requests/find-orphans.ts';
import { orphanList } from '../../views/runs/orphan-view.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { chosen, name } from '../kit/params.ts';

export const listOrphans = operation({
  name: 'listOrphans',
  method: 'GET',
  path: '/orphans',
  summary: 'Job runs of this stack that are still running although their run is over. Asks Glue about every job',
  params: {},
  query: { pipeline: z.exactOptional(name) },
  answers: { status: 200, shape: orphanList },
  async act({ system, query: { pipeline } }) {
    const pipelines = chosen(system, pipeline);
    if (pipelines instanceof Refusal) return pipelines;
    return { orphans: (await findOrphans(system, pipelines)).map(orphanView), stopped: false };
  },
});
