import * as z from 'zod/mini';
import { resumePipeline as resume } from '../../use-cases/requests/pause-pipeline.ts';
import { listOf } from '../../views/shapes.ts';
import { operation, refuse } from '../kit/operation.ts';
import { name, noPipeline } from '../kit/params.ts';

export const resumedPipeline = z.object({
  pipeline: z.string(),
  trigger: z.exactOptional(z.string()),
  paused: z.literal(false),
  live: listOf(z.string()),
  queued: listOf(z.string()),
});

export const resumePipeline = operation({
  name: 'resumePipeline',
  method: 'POST',
  path: '/pipelines/{pipeline}/resume',
  summary:
    'Resumes a pipeline or one of its triggers: held runs start, and schedules catch up. `drop`: held runs are dropped',
  params: { pipeline: name },
  query: {},
  body: z.strictObject({ trigger: z.exactOptional(z.string()), drop: z.exactOptional(z.boolean()) }),
  answers: { status: 200, shape: resumedPipeline },
  async act({ system, params: { pipeline }, body: { trigger, drop = false } }) {
    const found = system.catalog.byName(pipeline)?.pipeline;
    if (found === undefined) return noPipeline(system, pipeline);
    if (trigger !== undefined && !Object.hasOwn(found.triggers, trigger)) {
      const remedy = `it has ${Object.keys(found.triggers).join(', ') || 'none'}`;
      return refuse(404, [`${pipeline} has no trigger ${trigger}`], { remedy });
    }
    const named = trigger === undefined ? {} : { trigger };
    const slots = await resume(system, pipeline, { ...named, drop });
    const { live = [], queued = [] } = slots ?? {};
    return { pipeline, ...named, paused: false as const, live, queued: queued.map(({ run }) => run) };
  },
});
