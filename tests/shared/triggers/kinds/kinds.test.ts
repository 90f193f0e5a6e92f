import { describe, expect, test } from 'vitest';
import { present } from '../../../../shared/json.ts';
import type { GlueJobTrigger, S3Trigger, Trigger } from '../../../../shared/model/trigger.ts';
import { triggersOf } from '../../../../shared/model/trigger.ts';
import { api } from '../../../../shared/triggers/kinds/api.ts';
import { namesUsed, triggerKind, triggerKinds } from '../../../../shared/triggers/kinds/kinds.ts';
import type { TriggerKind } from '../../../../shared/triggers/kinds/trigger-kind.ts';

const arrival: S3Trigger = { kind: 's3', bucket: 'landing', key: 'orders/{day}.csv' };
const ended: GlueJobTrigger = { kind: 'glue-job', job: 'export', states: ['SUCCEEDED'] };

describe('the table of trigger kinds', () => {
  test('has the kind’s own key in the schema of each kind', () => {
    for (const [name, { schema }] of Object.entries(triggerKinds)) expect(schema.def.shape).toHaveProperty(name);
  });

  test('rejects a kind without a part', () => {
    const { intervals: _, ...forgetful } = api;
    // @ts-expect-error: it does not say for which intervals its runs are
    const kind: TriggerKind<Trigger, never> = forgetful;
    expect(kind).not.toHaveProperty('intervals');
  });

  test('rejects a table without a kind', () => {
    const { s3: _, ...forgetful } = triggerKinds;
    // @ts-expect-error: there is no s3
    const table: { readonly [K in Trigger['kind']]: unknown } = forgetful;
    expect(Object.keys(table)).toHaveLength(Object.keys(triggerKinds).length - 1);
  });
});

test('a stage renames exactly what a trigger uses', () => {
  for (const trigger of [arrival, ended]) {
    const renamed = triggerKind(trigger.kind).renamed(trigger, ({ what, name }) => `${what}:dev-${name}`);
    expect(triggerKind(renamed.kind).uses(renamed)).toEqual(
      triggerKind(trigger.kind)
        .uses(trigger)
        .map(({ what, name }) => ({ what, name: `${what}:dev-${name}` })),
    );
  }
});

test('names are found by what they name', () => {
  expect(namesUsed([arrival, ended], 'bucket')).toEqual(['landing']);
  expect(namesUsed([arrival, ended], 'glue-job')).toEqual(['export']);
});

test('triggers are found by their kind', () => {
  expect(triggersOf({ triggers: { a: arrival, b: ended } }, 's3')).toEqual([['a', arrival]]);
});

test('every kind describes what starts the run', () => {
  expect(triggerKind('s3').words(arrival)).toBe('s3://landing/orders/{day}.csv');
  expect(triggerKind('glue-job').words(ended)).toBe('a run of the Glue job export ends');
});

test('present drops undefined and keeps every other value', () => {
  const optional: string | undefined = undefined;
  expect(present({ a: optional, b: null, c: 0, d: '', e: false })).toEqual({ b: null, c: 0, d: '', e: false });
  expect(Object.keys(present({ a: optional }))).toEqual([]);
});
