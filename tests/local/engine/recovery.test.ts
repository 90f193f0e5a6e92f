import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { createEngine, type Engine, type TaskCall, TaskFailure } from '../../../local/engine/engine.ts';
import type { EngineStore } from '../../../local/engine/ports/engine-store.ts';
import { openEngineStore } from '../../../local/engine/store/open-engine-store.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { epoch } from './engine-fixture.ts';

const invoke = 'arn:aws:states:::lambda:invoke';
const task = (name: string, fields: object = {}) => ({
  StartAt: name,
  States: { [name]: { Type: 'Task', Resource: invoke, Arguments: { FunctionName: name }, End: true, ...fields } },
});
const child = { QueryLanguage: 'JSONata', ...task('InChild') };
const everything = (childArn: string) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Before',
  States: {
    Before: { Type: 'Pass', Assign: { seen: '{% $states.input.items %}' }, Next: 'All' },
    All: {
      Type: 'Parallel',
      Branches: [
        task('Flaky', { Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 7 }] }),
        task('Token', {
          Resource: `${invoke}.waitForTaskToken`,
          Arguments: { Payload: '{% $states.context.Task.Token %}' },
          TimeoutSeconds: 100,
        }),
        {
          StartAt: 'Pause',
          States: { Pause: { Type: 'Wait', Seconds: 20, Next: 'Nested' }, ...nested(childArn).States },
        },
        {
          StartAt: 'Each',
          States: {
            Each: { Type: 'Map', Items: '{% $seen %}', MaxConcurrency: 2, ItemProcessor: task('Item'), End: true },
          },
        },
        {
          StartAt: 'Far',
          States: {
            Far: {
              Type: 'Map',
              Items: '{% $seen %}',
              MaxConcurrency: 2,
              ItemProcessor: {
                ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
                ...task('FarItem'),
              },
              End: true,
            },
          },
        },
      ],
      End: true,
    },
  },
});

function nested(arn: string) {
  const Arguments = { StateMachineArn: arn, Input: { from: 'parent' } };
  const fields = { Resource: 'arn:aws:states:::states:startExecution.sync:2', Arguments };
  return task('Nested', { ...fields, Output: '{% $states.result.Output %}' });
}

const result = JSON.stringify([
  'Flaky',
  'Token',
  'InChild',
  ['Item', 'Item', 'Item'],
  ['FarItem', 'FarItem', 'FarItem'],
]);

class Crash extends Error {}

/** Runs the machine in processes that each die after `commits` commits, until it has ended. */
async function runWithCrashes(database: DatabaseSync, lives: readonly number[]) {
  const clock = createVirtualClock(epoch);
  const calls: string[] = [];
  let flaky = 0;
  let ids = 0;
  let executionArn = '';
  let current: Engine;
  for (const [life, commits] of [...lives, Number.POSITIVE_INFINITY].entries()) {
    let dead = false;
    let left = commits;
    const store = openEngineStore(database);
    const mortal: EngineStore = {
      ...store,
      commit(changes) {
        if (dead) throw new Crash();
        store.commit(changes);
        left -= 1;
        dead = left <= 0;
      },
    };
    const forEver = () => new Promise<never>(() => undefined);
    const engine: Engine = createEngine({
      store: mortal,
      clock: { ...clock, at: (time, action) => clock.at(time, () => dead || action()) },
      uuid: () => {
        ids += 1;
        return `id-${ids}`;
      },
      random: () => 0.5,
      region: 'eu-west-1',
      account: '111122223333',
      tasks: {
        async run({ stateName, taskToken }: TaskCall) {
          if (dead) return await forEver();
          calls.push(stateName);
          if (stateName === 'Flaky') {
            flaky += 1;
            if (flaky === 1) throw new TaskFailure('Again');
          }
          if (stateName !== 'Token') return stateName;
          // The token's holder is another process, and finds whatever engine runs by then.
          clock.at(clock.now() + 50_000, () => {
            void current.operations.SendTaskSuccess?.({ taskToken, output: '"Token"' }).catch(() => undefined);
          });
          return {};
        },
      },
    });
    current = engine;
    const call = async (operation: string, request: object) => {
      const answer: unknown = await engine.operations[operation]?.(request);
      return isJsonObject(answer) ? answer : {};
    };
    if (life === 0) {
      const make = async (name: string, definition: object) =>
        String((await call('CreateStateMachine', { name, definition: JSON.stringify(definition) })).stateMachineArn);
      const stateMachineArn = await make('all', everything(await make('child', child)));
      void call('StartExecution', { stateMachineArn, name: 'one', input: '{"items":[1,2,3]}' }).catch(() => undefined);
      executionArn = stateMachineArn.replace('stateMachine', 'execution').concat(':one');
    } else await engine.recover();
    await clock.run(() => dead);
    if (dead) continue;
    const described = await call('DescribeExecution', { executionArn });
    const { events } = await call('GetExecutionHistory', { executionArn, maxResults: 1000 });
    return { described, calls, events: Array.isArray(events) ? events.filter(isJsonObject) : [] };
  }
  throw new Error('no life was left');
}

const database = () => new DatabaseSync(':memory:');

describe('after the process died', () => {
  const lifetimes = Array.from({ length: 30 }, (_, index) => index + 1);

  test.each(lifetimes)('after commit %i, the execution reaches the same end', async (commits) => {
    const { described, events, calls } = await runWithCrashes(database(), [commits]);
    expect(described).toMatchObject({ status: 'SUCCEEDED', output: result });
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(calls.filter((name) => name === 'Token').length).toBeLessThanOrEqual(2);
  });

  test('at every second commit, the execution still ends', async () => {
    const { described } = await runWithCrashes(
      database(),
      Array.from({ length: 60 }, () => 2),
    );
    expect(described).toMatchObject({ status: 'SUCCEEDED', output: result });
  });

  test('without a crash, every task is called once and each retry once more', async () => {
    const { calls, described } = await runWithCrashes(database(), []);
    expect(described).toMatchObject({ status: 'SUCCEEDED', output: result });
    expect(calls.toSorted()).toEqual(
      ['FarItem', 'FarItem', 'FarItem', 'Flaky', 'Flaky', 'InChild', 'Item', 'Item', 'Item', 'Token'].toSorted(),
    );
  });
});
