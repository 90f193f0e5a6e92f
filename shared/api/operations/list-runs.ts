import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { runStatus } from '../../views/run/run-view.ts';
import { listRuns as list } from '../../views/runs/list-runs.ts';
import { runList } from '../../views/runs/run-list.ts';
import { timeOf } from '../../views/shapes.ts';
import { operation } from '../kit/operation.ts';
import { count, cursor, name, several, time } from '../kit/params.ts';

export const listRuns = operation({
  name: 'listRuns',
  method: 'GET',
  path: '/runs',
  summary:
    'Runs, newest first. `for`: only those whose interval contains this time. Pass `next` as `cursor` for the next page',
  params: {},
  query: {
    pipeline: z.exactOptional(name),
    status: several(runStatus),
    trigger: z.exactOptional(z.string().check(z.maxLength(200))),
    since: z.exactOptional(time),
    until: z.exactOptional(time),
    for: z.exactOptional(time),
    limit: count(200),
    cursor,
  },
  answers: { status: 200, shape: runList },
  async act({ system, query }) {
    const { limit = 50, status, since, until, for: within, ...rest } = query;
    return list(system.ledger, {
      ...rest,
      limit,
      ...present({ statuses: status }),
      ...(since === undefined ? {} : { since: timeOf(since) }),
      ...(until === undefined ? {} : { until: timeOf(until) }),
      ...(within === undefined ? {} : { within: timeOf(within) }),
    });
  },
});
