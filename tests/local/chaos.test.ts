import { GetJobRunsCommand } from '@aws-sdk/client-glue';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../local/clock/virtual-clock.ts';
import type { CallFault } from '../../local/faults/perform-call.ts';
import { openRuntime } from '../../local/runtime.ts';
import { pipelineFrom } from '../pipeline-from.ts';

const start = Date.UTC(2026, 10, 22, 3);
const text = `
pipeline: orders
triggers:
  arrivals: { s3: { bucket: landing, key: "orders/_SUCCESS" } }
tasks:
  a: { glue-job: etl }
  b: { glue-job: etl }
  c: { glue-job: etl, after: a }
  d: { glue-job: etl, after: [a, b], args: { rows: "{% $tasks.b.output.rows %}" } }
  e: { glue-job: etl, after: [c, d] }
`;
const etl = { name: 'etl', type: 'glueetl', args: {}, maxConcurrentRuns: 2 } as const;

/** The possible faults of an event: mostly none. */
const delivery = fc.oneof(
  { weight: 6, arbitrary: fc.constant([0]) },
  { weight: 1, arbitrary: fc.constantFrom<number[]>([], [0, 0], [30_000], [0, 200_000]) },
);
const fault = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<CallFault>(
      { error: 'ThrottlingException', afterEffect: false },
      { error: 'InternalServiceException', status: 500, afterEffect: false },
      { error: 'InternalServiceException', status: 500, afterEffect: true },
    ),
  },
);

describe('whatever is lost, duplicated, late, throttled or fails', () => {
  test('a run ends, and each task starts its job once', async () => {
    const dial = fc.record({
      deliveries: fc.array(delivery, { maxLength: 40 }),
      calls: fc.array(fault, { maxLength: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(dial, async ({ deliveries, calls }) => {
        const clock = createVirtualClock(start);
        const surprises: unknown[] = [];
        let events = 0;
        let call = 0;
        const runtime = await openRuntime({
          home: ':memory:',
          clock,
          pipelines: [pipelineFrom(text)],
          jobs: { etl },
          simulate: ({ ordinal }) => ({ seconds: 20 + ((ordinal * 17) % 50), output: { rows: ordinal } }),
          // S3's events are durable, and the queue keeps what a function does not accept.
          faults: {
            deliveries: (_, rule) => (rule === 'objects' ? [0] : (deliveries[events++] ?? [0])),
            calls: (service) => (service === 'Ledger' ? undefined : calls[call++]),
          },
          onSurprise: (error) => surprises.push(error),
        });
        runtime.s3.put('landing', 'orders/_SUCCESS', new Uint8Array());
        await clock.run(() => clock.now() > start + 2 * 3_600_000);
        call = Number.POSITIVE_INFINITY;

        const stateMachineArn = runtime.system.catalog.byName('orders')?.stateMachineArn;
        const { executions } = await runtime.clients.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
        expect(executions).toMatchObject([{ status: 'SUCCEEDED' }]);
        const { JobRuns = [] } = await runtime.clients.glue.send(new GetJobRunsCommand({ JobName: 'etl' }));
        expect(JobRuns.map((run) => run.Arguments?.['--gluewright_task']).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
        expect(surprises).toEqual([]);
        await runtime.close();
      }),
      { numRuns: 25 },
    );
  });
});
