import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { createVirtualClock } from '../../local/clock/virtual-clock.ts';
import { openRuntime } from '../../local/runtime.ts';
import { listRuns } from '../../shared/views/runs/list-runs.ts';
import { pipelineFrom } from '../pipeline-from.ts';

const text = `pipeline: invoices
params: { order: { type: string, default: "{% $run.trigger.detail.order %}" } }
runs: { max: 5 }
triggers: { paid: { event: { source: shop, detail-type: Order paid, detail: { total: [{ numeric: [">=", 10] }] } } } }
tasks: { bill: { glue-job: bill, args: { order: "{% $params.order %}" } } }
`;

test('an event on the local bus starts a run of the matching pipeline only', async () => {
  const pipeline = pipelineFrom(text);
  const clock = createVirtualClock(Date.UTC(2026, 10, 22));
  const runtime = await openRuntime({
    home: ':memory:',
    clock,
    pipelines: [pipeline],
    jobs: { bill: { name: 'bill', type: 'glueetl', args: {}, maxConcurrentRuns: 5 } },
    simulate: () => ({ seconds: 5 }),
  });
  try {
    const sent = (type: string, order: string, total: number) => ({
      Source: 'shop',
      DetailType: type,
      Detail: JSON.stringify({ order, total }),
    });
    const Entries = [sent('Order paid', 'A1', 12), sent('Order paid', 'A2', 5), sent('Order sent', 'A3', 50)];
    await runtime.clients.events.send(new PutEventsCommand({ Entries }));
    const end = clock.now() + 60_000;
    await clock.run(() => clock.now() >= end);
    const { runs } = await listRuns(runtime.system.ledger, { limit: 10 });
    expect(runs).toMatchObject([
      { pipeline: 'invoices', status: 'SUCCEEDED', trigger: { kind: 'event', name: 'paid' } },
    ]);
  } finally {
    await runtime.close();
  }
});
