import * as z from 'zod/mini';
import { stopRun as stop } from '../../use-cases/requests/stop-run.ts';
import { runStatus } from '../../views/run/run-view.ts';
import { operation } from '../kit/operation.ts';
import { name, noRun } from '../kit/params.ts';

export const stoppedRun = z.object({ run: z.string(), pipeline: z.string(), status: runStatus });

export const stopRun = operation({
  name: 'stopRun',
  method: 'POST',
  path: '/runs/{run}/stop',
  summary: 'Stops a run and its jobs. Repeating the request is harmless',
  params: { run: name },
  query: {},
  answers: { status: 202, shape: stoppedRun },
  locate: ({ run }) => `/runs/${run}`,
  async act({ system, params }) {
    const run = await stop(system, params.run);
    return run === undefined ? noRun(params.run) : { run: run.id, pipeline: run.pipeline, status: run.status };
  },
});
