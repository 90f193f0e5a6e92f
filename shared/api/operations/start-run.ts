import { startRun as start } from '../../actors/start-run.ts';
import { present } from '../../json.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { requestDigest } from '../../runs/run/request-digest.ts';
import { operation, refuse } from '../kit/operation.ts';
import { name, noPipeline } from '../kit/params.ts';
import { noInterval, startedRun, startShape } from '../kit/start-shape.ts';

export const startRun = operation({
  name: 'startRun',
  method: 'POST',
  path: '/pipelines/{pipeline}/runs',
  summary: 'Starts a run. A repeated request with the same Idempotency-Key returns the same run',
  params: { pipeline: name },
  query: {},
  body: startShape,
  answers: { status: 202, shape: startedRun },
  handlesKey: true,
  locate: ({ run }) => `/runs/${run}`,
  async act({ system, params, body, key }) {
    const pipeline = system.catalog.byName(params.pipeline)?.pipeline;
    if (pipeline === undefined) return noPipeline(system, params.pipeline);
    const trigger = apiTrigger(pipeline);
    if (trigger === undefined) {
      const remedy = `give it one: triggers: { request: { api: true } }`;
      return refuse(403, [`${pipeline.name} has no trigger \`api: true\``], { remedy });
    }
    const { params: given, interval } = body;
    const refused = noInterval(interval);
    if (refused !== undefined) return refused;
    const asked = {
      ...present({ params: given, interval }),
    };
    const digest = requestDigest(asked);
    const answer = await start(system, {
      pipeline: pipeline.name,
      cause: `${trigger}\n${key ?? system.uuid()}`,
      label: trigger,
      trigger: { kind: 'api', name: trigger, request: digest, ...present({ key }) },
      ...asked,
    });
    if (answer.is === 'refused') {
      return refuse(409, answer.problems, { remedy: `GET /pipelines/${pipeline.name} says what it takes` });
    }
    const { run } = answer;
    if (run.trigger.request !== digest) return refuse(409, [`${key} was the key of ${run.id}, with another body`]);
    return { run: run.id, pipeline: pipeline.name, status: run.status, again: answer.again };
  },
});

function apiTrigger({ triggers }: Pipeline): string | undefined {
  return Object.entries(triggers).find(([, { kind }]) => kind === 'api')?.[0];
}
