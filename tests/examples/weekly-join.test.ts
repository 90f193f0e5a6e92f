import { openSimulator, type Simulator } from 'gluewright/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../examples/kit/random.ts';
import { week } from '../../examples/weekly-join/example.ts';
import { missing, runExample } from './run-example.ts';

const files = ['weekly-visits', 'weekly-orders', 'weekly-join'].map(
  (name) => `examples/weekly-join/statemachines/${name}.yml`,
);
const day = 86_400;

describe('on a virtual clock', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await openSimulator(files);
  });
  afterEach(() => simulator.close());

  async function arrive(key: string): Promise<void> {
    simulator.runtime.s3.put('landing', key, new Uint8Array(1));
    await simulator.pass(600);
  }
  /** The runs with their weeks, in the order of their start. */
  async function ran(): Promise<string[]> {
    return (await simulator.jobRuns()).map(({ job, arguments: given }) => {
      const [address = ''] = [given['--report'], given['--target']].filter((each) => each !== undefined);
      return `${job} ${address.slice(-14, -4)}`;
    });
  }
  const alarms = () => simulator.history.filter(({ message }) => message === 'datasets late');

  test('each file is processed at once, and the second starts the join', async () => {
    await arrive('visits/2026-03-02.csv');
    expect(await ran()).toEqual(['clean-visits 2026-03-02']);
    await simulator.pass(6 * day);
    await arrive('orders/2026-03-02.csv');
    expect(await ran()).toEqual(['clean-visits 2026-03-02', 'clean-orders 2026-03-02', 'join-week 2026-03-02']);
    await simulator.pass(10 * day);
    expect(alarms()).toEqual([]);
  });

  test('a week after the first file there is one alarm, and a late second file still starts the join', async () => {
    await arrive('orders/2026-03-02.csv');
    await simulator.pass(7 * day - 1_200);
    expect(alarms()).toEqual([]);
    await simulator.pass(5 * day);
    expect(alarms()).toMatchObject([{ level: 'warning', pipeline: 'weekly-join', missing: ['visits'] }]);
    await arrive('visits/2026-03-02.csv');
    expect((await ran()).at(-1)).toBe('join-week 2026-03-02');
  });

  test('files of different weeks are never joined, in any order', async () => {
    for (const key of ['visits/2026-03-09.csv', 'orders/2026-03-02.csv']) await arrive(key);
    expect((await ran()).filter((each) => each.startsWith('join'))).toEqual([]);
    for (const key of ['orders/2026-03-09.csv', 'visits/2026-03-02.csv']) await arrive(key);
    const joins = (await ran()).filter((each) => each.startsWith('join'));
    expect(joins).toEqual(['join-week 2026-03-09', 'join-week 2026-03-02']);
  });
});

test('the join matches an independent computation', (c) => {
  const why = missing();
  if (why !== undefined) return c.skip(why);
  const { visits, orders } = week(createRandom(1));
  const rows = (text: string) => [...new Set(text.trimEnd().split('\n').slice(1))].map((row) => row.split(','));
  const cents = new Map<string, bigint>();
  for (const [, visitor = '', total = ''] of rows(orders)) {
    cents.set(visitor, (cents.get(visitor) ?? 0n) + BigInt(total.replace('.', '')));
  }
  const known = rows(visits).filter(([visitor]) => visitor !== '');
  const expected = ['letter', 'search', 'street'].map((campaign) => {
    const visitors = known.filter(([, from]) => from === campaign).map(([visitor = '']) => visitor);
    const sums = visitors.flatMap((visitor) => cents.get(visitor) ?? []);
    const sum = sums.reduce((all, each) => all + each, 0n);
    return `${campaign},${visitors.length},${sums.length},${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;
  });

  const ran = runExample('weekly-join');

  expect(ran.err).toBe('');
  expect(ran.report).toBe(`${['campaign,visitors,buyers,total', ...expected].join('\n')}\n`);
});
