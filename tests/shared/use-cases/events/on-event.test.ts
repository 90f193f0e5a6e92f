import { beforeEach, expect, test } from 'vitest';
import { createHandler } from '../../../../functions/on-trigger.ts';
import { listDeadLetters } from '../../../../shared/actors/dead-letters.ts';
import { eventInput, eventTemplate } from '../../../../shared/events/event-due.ts';
import { pausePipeline, resumePipeline } from '../../../../shared/use-cases/requests/pause-pipeline.ts';
import { pipelineOf, World } from '../../world/world.ts';

let world: World;
beforeEach(() => {
  world = new World([
    pipelineOf('invoices', {
      params: { order: { type: 'string', default: '{% $run.trigger.detail.order %}' } },
      runs: { max: 5, overlap: 'queue', deadlineSeconds: 60, onFailure: 'continue' },
      triggers: { paid: { kind: 'event', pattern: { source: ['shop'] } } },
    }),
  ]);
});

const paid = (id: string, detail: unknown = { order: 'A1' }) => ({
  version: '0',
  id,
  'detail-type': 'Order paid',
  source: 'shop',
  account: '111122223333',
  time: '2026-11-22T10:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail,
});
const receive = (event: unknown, trigger = 'paid') =>
  createHandler(world.system)(eventInput('invoices', trigger, event));
const started = () => world.sfn.executions.map(({ input }) => input);

test('an event starts a run, which can read it', async () => {
  await receive(paid('e1'));
  expect(started()).toMatchObject([
    {
      run: { trigger: { kind: 'event', name: 'paid', id: 'e1', source: 'shop', detailType: 'Order paid' } },
      params: { order: 'A1' },
    },
  ]);
});

test('an event that is delivered twice starts one run', async () => {
  await receive(paid('e1'));
  await receive(paid('e1'));
  await receive(paid('e2'));
  expect(started()).toHaveLength(2);
});

test('an event that lacks what a parameter reads becomes a dead letter', async () => {
  await receive(paid('e1', {}));
  expect(started()).toEqual([]);
  expect(await listDeadLetters(world.system)).toMatchObject([{ kind: 'run', request: { pipeline: 'invoices' } }]);
});

test('an event during a pause starts its run after the resume', async () => {
  await pausePipeline(world.system, 'invoices');
  await receive(paid('e1'));
  expect(started()).toEqual([]);
  await resumePipeline(world.system, 'invoices', { drop: false });
  expect(started()).toHaveLength(1);
});

test('an event for a removed trigger starts nothing', async () => {
  await receive(paid('e1'), 'former');
  expect(started()).toEqual([]);
});

test('the function reads the rule’s template as EventBridge fills it in', async () => {
  const event = paid('e1');
  const filled = eventTemplate('invoices', 'paid').replace('<aws.events.event.json>', JSON.stringify(event));
  expect(JSON.parse(filled)).toEqual(eventInput('invoices', 'paid', event));
});
