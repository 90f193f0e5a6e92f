import { beforeEach, describe, expect, test } from 'vitest';
import { present } from '../../../shared/json.ts';
import type { JoinRule } from '../../../shared/model/pipeline.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import { signal } from '../../../shared/use-cases/events/signal.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { World } from '../world/world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});

const wait = (token: string, needs: string[], rule?: JoinRule, wants?: string[]) =>
  startTask(world.system, {
    call: 'gate',
    token: world.waitWith(token),
    run: 'r',
    gate: 'report',
    needs,
    ...present({ rule, wants }),
  });
const tell = (tasks: Record<string, Outcome>) => signal(world.system, { run: 'r', gates: ['report', 'other'], tasks });
const told = (token: string) => world.sfn.tokens.get(token)?.output;
const done: Outcome = { status: 'succeeded', output: { n: 1 } };
const failed: Outcome = { status: 'failed' };

describe('a gate', () => {
  test('opens at the last outcome', async () => {
    await wait('t', ['a', 'b']);
    await tell({ a: done });
    expect(told('t')).toBeUndefined();
    await tell({ b: failed });
    expect(told('t')).toEqual({ tasks: { a: done, b: failed } });
  });

  test('opens at once if all outcomes are there already', async () => {
    await tell({ a: done, b: failed, c: done });
    await wait('t', ['a', 'b']);
    expect(told('t')).toEqual({ tasks: { a: done, b: failed } });
  });

  test.each<[JoinRule, Record<string, Outcome>, boolean]>([
    ['any_succeeded', { a: failed }, false],
    ['any_succeeded', { a: done }, true],
    ['any_failed', { a: done }, false],
    ['any_failed', { a: failed }, true],
    [{ atLeast: 2 }, { a: done }, false],
    [{ atLeast: 2 }, { a: done, b: done }, true],
    [{ atLeast: 2 }, { a: failed, b: failed }, false],
    [{ atLeast: 2 }, { a: failed, b: failed, c: done }, true],
  ])('with the rule %j and %j is open: %s', async (rule, outcomes, opens) => {
    await wait('t', ['a', 'b', 'c'], rule);
    await tell(outcomes);
    expect(told('t')).toEqual(opens ? { tasks: outcomes } : undefined);
  });

  test('passes on outcomes that it has and does not wait for, outside its rule', async () => {
    await tell({ far: done, other: done });
    await wait('t', ['a', 'b'], 'any_failed', ['far', 'unknown']);
    expect(told('t')).toBeUndefined();
    await tell({ a: failed });
    await tell({ unknown: done });
    expect(told('t')).toEqual({ tasks: { a: failed, far: done } });
  });

  test('counts the first outcome of a task', async () => {
    await tell({ a: done });
    await tell({ a: failed });
    await wait('t', ['a']);
    expect(told('t')).toEqual({ tasks: { a: done } });
  });

  test('opens again for a new token of its state, with the same outcomes', async () => {
    await wait('t1', ['a', 'b'], 'any_succeeded');
    await tell({ a: done });
    await tell({ b: failed });
    await wait('t2', ['a', 'b'], 'any_succeeded');
    await wait('t1', ['a', 'b'], 'any_succeeded');
    expect(told('t2')).toEqual({ tasks: { a: done } });
  });

  test('is delivered by the reconciler if the first delivery failed', async () => {
    world.fault = (name) => {
      if (name === 'sfn.success') throw new Error('throttled');
    };
    await wait('t', ['a']);
    await tell({ a: done });
    world.fault = undefined;
    await reconcile(world.system);
    expect(told('t')).toEqual({ tasks: { a: done } });
    expect(await world.open()).toEqual([]);
  });

  test('loses none of hundreds of simultaneous signals', async () => {
    const names = Array.from({ length: 100 }, (_, n) => `task-${n}`);
    await wait('t', names);
    await Promise.all(
      names.map((name) => signal(world.system, { run: 'r', gates: ['report'], tasks: { [name]: failed } })),
    );
    expect(Object.keys(told('t') ?? {})).toEqual(['tasks']);
  });
});
