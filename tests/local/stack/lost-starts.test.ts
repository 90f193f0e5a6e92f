import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetJobRunsCommand } from '@aws-sdk/client-glue';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import type { CallFaults } from '../../../local/faults/perform-call.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(tmpdir(), 'lost-starts-'));
});
afterEach(() => fs.rmSync(home, { recursive: true }));

const pipeline = pipelineFrom('pipeline: orders\ntasks: { extract: { glue-job: extract } }');
const jobs = { extract: { name: 'extract', type: 'glueetl' as const, args: {}, maxConcurrentRuns: 1 } };

test.each([
  ['before', false],
  ['after', true],
])(
  'a runtime that died %s the job was started looks for it at once, and starts it if it was not',
  async (_when, afterEffect) => {
    const clock = createVirtualClock(Date.UTC(2026, 10, 22, 3));
    const open = (calls: CallFaults) =>
      openRuntime({
        home,
        clock,
        pipelines: [pipeline],
        jobs,
        simulate: () => ({ seconds: 20 }),
        faults: { calls },
      });
    let dead = false;
    const crash = () => {
      dead = true;
      first.abandon();
    };
    const first = await open((_service, operation) =>
      operation === 'StartJobRun' ? { afterEffect, crash } : undefined,
    );
    void startRun(first.system, { pipeline: 'orders', cause: 'one' });
    await clock.run(() => dead);
    const diedAt = clock.now();

    const next = await open(() => undefined);
    await clock.run(() => clock.now() > diedAt + 30_000);
    const { JobRuns } = await next.clients.glue.send(new GetJobRunsCommand({ JobName: 'extract' }));
    expect(JobRuns).toMatchObject([{ JobRunState: 'SUCCEEDED' }]);
    await next.close();
  },
);
