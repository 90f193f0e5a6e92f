import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { readGrid } from '../../use-cases/requests/read-grid.ts';
import { runStatus } from '../../views/run/run-view.ts';
import { gridView } from '../../views/runs/grid-view.ts';
import { operation } from '../kit/operation.ts';
import { count, cursor, name, noPipeline, pipelinesOf, several } from '../kit/params.ts';

/** More runs or tasks take long to read, and do not fit a screen. */
const most = 100;

export const getGrid = operation({
  name: 'getGrid',
  method: 'GET',
  path: '/pipelines/{pipeline}/grid',
  summary:
    'States of tasks by run: `limit` runs, newest first, around the run `at`, or the runs in `run`, and `rows` tasks from number `first` on',
  params: { pipeline: name },
  query: {
    run: several(name),
    status: several(runStatus),
    at: z.exactOptional(name),
    limit: count(most),
    cursor,
    first: count(100_000, 0),
    rows: count(most),
  },
  answers: { status: 200, shape: gridView },
  async act({ system, params, query }) {
    const pipeline = system.catalog.byName(params.pipeline)?.pipeline;
    if (pipeline === undefined) return noPipeline(system, params.pipeline);
    const { run, status, at, limit = 50, first = 0, rows = 50, cursor: from } = query;
    const wanted = {
      limit,
      first,
      rows,
      ...present({ runs: run?.slice(0, most), statuses: status, cursor: from, at }),
    };
    return readGrid(system.ledger, pipeline, wanted, pipelinesOf(system));
  },
});
