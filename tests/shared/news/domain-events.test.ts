import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { domainEvents } from '../../../shared/news/domain-events.ts';
import { Stage } from '../world/stage.ts';
import { World } from '../world/world.ts';

const schemas = new Map(Object.entries(domainEvents));
const onTime = () => ({ lost: false, doubled: false, late: false });

test('each event on the page matches its schema', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/events.md'), 'utf8');
  const examples = [...page.matchAll(/^## (.+)\n[^#]*?```json\n([\s\S]*?)```/gm)];
  expect(examples.map(([, type]) => type)).toEqual([...schemas.keys()]);
  for (const [, type = '', example = ''] of examples) {
    const detail: unknown = JSON.parse(example);
    expect(schemas.get(type)?.parse(detail)).toEqual(detail);
  }
});

describe('a run', () => {
  test('publishes its states and its tasks’ states, each once, by the schemas', async () => {
    const world = new World();
    const run = await new Stage(world, { b: ['FAILED'] }, onTime).play();
    const states = world.told.map(([type, detail]) => {
      expect(schemas.get(type)?.parse(detail)).toEqual(detail);
      const { task, state, status, attempt } = JSON.parse(JSON.stringify(detail));
      return status ?? `${task} ${attempt} ${state}`;
    });
    expect(world.told[0]?.[1]).toMatchObject({ stack: 'test', pipeline: 'orders', run, trigger: 'cause' });
    expect(states.filter((state) => !state.includes(' '))).toEqual(['PENDING', 'RUNNING', 'FAILED']);
    expect(states.filter((state) => state.startsWith('b '))).toEqual([
      'b 1 starting',
      'b 1 running',
      'b 1 failed',
      'b 2 starting',
      'b 2 running',
      'b 2 failed',
    ]);
  });

  test('goes on if the bus fails', async () => {
    const world = new World();
    mockClient(world.events).on(PutEventsCommand).rejects(new Error('no bus'));
    const run = await new Stage(world, {}, onTime).play();
    const record = (await world.ledger.get({ partition: `run#${run}`, sort: 'run' }))?.value;
    expect(record).toMatchObject({ status: 'SUCCEEDED', settled: true });
  });
});
