import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { pausePipeline as pause } from '../../use-cases/requests/pause-pipeline.ts';
import { operation, refuse } from '../kit/operation.ts';
import { name, noPipeline } from '../kit/params.ts';

export const pausedPipeline = z.object({
  pipeline: z.string(),
  trigger: z.exactOptional(z.string()),
  paused: z.literal(true),
});

export const pausePipeline = operation({
  name: 'pausePipeline',
  method: 'POST',
  path: '/pipelines/{pipeline}/pause',
  summary: 'Pauses a pipeline or one of its triggers: new runs are held. Live runs continue',
  params: { pipeline: name },
  query: {},
  body: z.strictObject({ trigger: z.exactOptional(z.string()) }),
  answers: { status: 200, shape: pausedPipeline },
  async act({ system, params: { pipeline }, body: { trigger } }) {
    const found = system.catalog.byName(pipeline)?.pipeline;
    if (found === undefined) return noPipeline(system, pipeline);
    if (trigger !== undefined && !Object.hasOwn(found.triggers, trigger)) {
      const remedy = `it has ${Object.keys(found.triggers).join(', ') || 'none'}`;
      return refuse(404, [`${pipeline} has no trigger ${trigger}`], { remedy });
    }
    await pause(system, pipeline, trigger);
    return { pipeline, ...present({ trigger }), paused: true };
  },
});
