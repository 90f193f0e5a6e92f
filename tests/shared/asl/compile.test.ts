import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/asl/compile.ts';
import type { Compiled, Target } from '../../../shared/asl/compiled.ts';
import type { Weight } from '../../../shared/asl/split.ts';
import type { State, States } from '../../../shared/asl/states/state-machine.ts';
import { pipelineFrom } from '../../pipeline-from.ts';
import { randomDag } from '../graph/random-dag.ts';

const validate: (definition: unknown) => { isValid: boolean; errorsText: (separator: string) => string } =
  createRequire(import.meta.url)('asl-validator');

const target: Target = {
  functionArn: (name) => `arn:aws:lambda:us-east-1:000000000000:function:test-${name}`,
  stateMachineArn: (name) => `arn:aws:states:us-east-1:000000000000:stateMachine:test-${name}`,
};

function compiled(tasks: object, rest: object = {}, room?: Weight): Compiled {
  const made = compile(pipelineFrom({ pipeline: 'sample', ...rest, tasks }), target, room);
  if (made.problem !== undefined) throw new Error(made.problem.message);
  return made;
}

const job = (after: string[] = [], more: object = {}): object => ({
  'glue-job': 'job',
  ...(after.length === 0 ? {} : { after }),
  ...more,
});

/** The longest names that the parser allows. */
const nameOf = (task: number): string => `${'t'.repeat(60)}-${task}`;

const fromDag = (predecessors: number[][]): object =>
  Object.fromEntries(predecessors.map((list, task) => [nameOf(task), job(list.map(nameOf))]));

function allStates(states: States): [string, State][] {
  return Object.entries(states).flatMap(([name, state]) => [
    [name, state],
    ...(state.Type === 'Parallel' ? state.Branches.flatMap((branch) => allStates(branch.States)) : []),
  ]);
}

describe('a compiled pipeline', () => {
  it.each([
    ['one-task', { only: job() }],
    ['a-chain', { extract: job(), load: job(['extract'], { retry: { attempts: 3, delay: '1m', backoff: 2 } }) }],
    ['side-by-side', { a: job(), b: job(), join: job(['a', 'b'], { when: 'all_done' }) }],
    ['not-series-parallel', { a: job(), b: job(), c: job(['a', 'b']), d: job(['b']), e: job(['c', 'd', 'a']) }],
    ['gates', { a: job(), b: job(), c: job(), ab: job(['a', 'b']), bc: job(['b', 'c']), ca: job(['c', 'a']) }],
    ['decided-early', { a: job(), b: job(), first: job(['a', 'b'], { when: 'any_succeeded' }), last: job(['first']) }],
    [
      'outputs',
      {
        count: job(),
        use: job(['count'], {
          args: { rows: '{% $tasks.count.output.rows %}' },
          if: '{% $tasks.count.output.rows > 0 %}',
        }),
      },
    ],
    [
      'native',
      {
        rates: { lambda: 'rates', args: { day: 1 }, timeout: '2m', retry: { attempts: 3, delay: '10s' } },
        use: job(['rates'], { args: { rate: '{% $tasks.rates.output.EUR %}' } }),
      },
    ],
    [
      'aws',
      {
        find: { aws: 'glue:getTable', args: { DatabaseName: 'sales', Name: 'orders' }, resources: ['catalog'] },
        use: job(['find'], { args: { table: '{% $tasks.find.output.Table.Name %}' } }),
      },
    ],
    ['tolerated', { a: job([], { tolerate: true }), b: job(['a'], { when: 'none_failed' }) }],
  ])('%s compiles to the reviewed definition', async (name, tasks) => {
    const { machines } = compiled(tasks);
    await expect(`${JSON.stringify(machines[0].definition, undefined, 2)}\n`).toMatchFileSnapshot(
      `./golden/${name}.golden.json`,
    );
  });

  it('stops at the first failure if it is told to', () => {
    const { machines } = compiled({ a: job(), b: job() }, { runs: { onFailure: 'stop' } });
    const failing = allStates(machines[0].definition.States).filter(([, state]) => state.Type === 'Fail');
    expect(failing.map(([name]) => name)).toEqual(['a failed', 'b failed', 'Run failed']);
  });

  it('has unique names of at most 80 characters, and states that asl-validator accepts', () => {
    fc.assert(
      fc.property(randomDag(14), fc.boolean(), (predecessors, tight) => {
        const room = tight ? { bytes: 24_000, events: 320 } : undefined;
        for (const { definition } of compiled(fromDag(predecessors), {}, room).machines) {
          const names = allStates(definition.States).map(([name]) => name);
          expect(new Set(names).size).toBe(names.length);
          expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(80);
          const verdict = validate(definition);
          expect(verdict.isValid ? '' : verdict.errorsText('\n')).toBe('');
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is split if it does not fit into one machine, and each machine keeps to the limit', () => {
    const predecessors = Array.from({ length: 60 }, (_, task) => (task < 20 ? [] : [task - 20, (task - 13) % 20]));
    const room = { bytes: 60_000, events: 1_500 };
    const { machines } = compiled(fromDag(predecessors), {}, room);
    expect(machines.length).toBeGreaterThan(4);
    for (const { bytes, events } of machines) {
      expect(bytes).toBeLessThanOrEqual(room.bytes);
      expect(events).toBeLessThanOrEqual(room.events);
    }
    expect(machines.map(({ name }) => name).slice(0, 2)).toEqual(['sample', 'sample-part-1']);
  });

  it('is never refused if each of its tasks fits', () => {
    // a task that waits at a gate and signals twice makes 173 events with all its retries
    fc.assert(
      fc.property(randomDag(12), fc.integer({ min: 175, max: 400 }), (predecessors, events) => {
        for (const machine of compiled(fromDag(predecessors), {}, { bytes: 60_000, events }).machines) {
          expect(machine.events).toBeLessThanOrEqual(events);
        }
      }),
    );
  });

  it('also splits a chain that is too long', () => {
    const chain = Array.from({ length: 40 }, (_, task) => (task === 0 ? [] : [task - 1]));
    expect(compiled(fromDag(chain), {}, { bytes: 60_000, events: 1_500 }).machines.length).toBeGreaterThan(2);
  });
});

describe('a pipeline that cannot be compiled', () => {
  const refusal = (tasks: object, room?: Weight): unknown =>
    compile(pipelineFrom({ pipeline: 'sample', tasks }), target, room);

  it('is refused with the figures if a single task does not fit', () => {
    const large = { big: job([], { args: { text: 'x'.repeat(30_000) } }) };
    expect(refusal(large, { bytes: 20_000, events: 1_000 })).toMatchObject({
      problem: { message: expect.stringMatching(/^sample would have \d+ bytes \(of 20000\)/) },
    });
  });

  it('is refused with the figures if unread outputs do not fit into the state document', () => {
    const many = Array.from({ length: 900 }, (_, task) => `c${task}`);
    const read = (from: number): string =>
      `{% [${many.slice(from, from + 300).map((name) => `$tasks.${name}.output`)}] %}`;
    const tasks = Object.fromEntries(many.map((name) => [name, job()]));
    expect(refusal({ ...tasks, all: job(many, { args: { a: read(0), b: read(300), c: read(600) } }) })).toMatchObject({
      problem: {
        message: expect.stringMatching(
          /^at one of its states \d+ bytes of outcomes and 900 outputs are still to be read/,
        ),
      },
    });
  });

  it('is refused with the figures if a join rule covers more tasks than its gate’s record can name', () => {
    const many = Array.from({ length: 2_500 }, (_, task) => `${'t'.repeat(58)}-${task}`);
    const tasks = Object.fromEntries(many.map((name) => [name, job()]));
    expect(refusal({ ...tasks, alarm: job(many, { when: 'any_failed' }) })).toMatchObject({
      problem: {
        message: expect.stringMatching(
          /^alarm waits for 2500 tasks one by one, and the record of that has up to \d+ bytes/,
        ),
      },
    });
    expect(refusal({ ...tasks, report: job(many, { when: 'all_done' }) })).toHaveProperty('machines');
    expect(refusal({ ...tasks, report: job(many) })).toHaveProperty('machines');
  });

  it('is refused if a task reads an output that it does not wait for', () => {
    const tasks = {
      a: job(),
      b: job(),
      either: job(['a', 'b'], { when: 'any_succeeded' }),
      last: job(['either'], { args: { rows: '{% $exists($tasks.a.output) ? $tasks.a.output.rows : 0 %}' } }),
    };
    expect(refusal(tasks)).toMatchObject({
      problem: { message: expect.stringContaining('last reads the output of a') },
    });
  });
});
