import { expectRun, openSimulator, type SimulatedRun, type SimulatorOptions } from 'gluewright/testing';
import { expect, test } from 'vitest';
import { createRandom } from '../../examples/kit/random.ts';
import { shop } from '../../examples/nightly-build/example.ts';
import { decide } from '../../shared/use-cases/requests/decide.ts';
import { missing, runExample } from './run-example.ts';

const file = 'examples/nightly-build/statemachines/nightly-build.yml';
const run = { pipeline: 'nightly-build', id: 'nightly-build-test' };
const transforms = ['extract-orders', 'extract-customers', 'clean-orders', 'clean-customers', 'rates', 'join'];
const tail = ['catalog', 'gate', 'approve', 'publish'];
const all = [...transforms, 'apply-rates', ...tail, 'quarantine'];

/** What later tasks read. */
const outputs: SimulatorOptions['jobs'] = {
  'extract-orders': { output: { currencies: ['EUR', 'USD'] } },
  rates: { output: { EUR: '1', USD: '0.9' } },
  'apply-rates': { output: { rows: 200 } },
  'priced-orders': { output: { rules: 4, failed: [] } },
};

type Decision = { readonly approve: boolean; readonly by: string };
const yes: Decision = { approve: true, by: 'ann' };

/** Plays one run. `decision`: what a person decides. `told`: gets the notifications. */
async function play(
  behaviours: SimulatorOptions['jobs'] = {},
  decision?: Decision,
  told: string[] = [],
): Promise<SimulatedRun> {
  const channels = {
    oncall: { kind: 'event', on: ['failed', 'late', 'recovered', 'approval'] },
    analysts: { kind: 'event', on: ['approval'] },
  } as const;
  const simulator = await openSimulator([file], { jobs: { ...outputs, ...behaviours }, channels });
  try {
    const answer = await simulator.startRun({
      pipeline: run.pipeline,
      cause: 'test',
      params: { day: '2026-03-02' },
    });
    if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
    const isOver = async () => (await simulator.look(run.id)).status !== 'RUNNING';
    for (let minutes = 0; minutes < 240 && !(await isOver()); minutes += 10) {
      // refused until the task waits
      if (decision !== undefined) await decide(simulator.runtime.system, { run: run.id, task: 'approve' }, decision);
      await simulator.pass(600);
    }
    expect(await simulator.finish([run.id], 3_600)).toBe(true);
    // notifications follow within two minutes
    await simulator.pass(180);
    told.push(...simulator.notifications.map(({ channel, title }) => `${channel}: ${title}`));
    expect(simulator.surprises).toEqual([]);
    return await simulator.look(run.id);
  } finally {
    simulator.close();
  }
}

test('an approved build publishes, and puts nothing into quarantine', async () => {
  const ran = await play({}, yes);

  expectRun(ran)
    .toHaveSucceeded()
    .tasksToBe('skipped', 'quarantine')
    .tasksToBe('succeeded', ...all.filter((task) => task !== 'quarantine'));
  expect(ran.tasks.publish?.jobRuns[0]?.arguments['--approved_by']).toBe('ann');
  expect(ran.tasks['apply-rates']?.jobRuns[0]?.arguments['--rates']).toBe('{"EUR":"1","USD":"0.9"}');
});

test.each([
  { fails: 'extract-orders', lost: ['clean-orders', 'rates', 'join', 'apply-rates', ...tail] },
  { fails: 'extract-customers', lost: ['clean-customers', 'join', 'apply-rates', ...tail] },
  { fails: 'clean-orders', lost: ['join', 'apply-rates', ...tail] },
  { fails: 'clean-customers', lost: ['join', 'apply-rates', ...tail] },
  { fails: 'rates', lost: ['apply-rates', ...tail] },
  { fails: 'join', lost: ['apply-rates', ...tail] },
  { fails: 'apply-rates', lost: tail },
  { fails: 'publish', lost: [] },
])('if $fails fails, these do not run: $lost', async ({ fails, lost }) => {
  const ran = await play({ [fails]: { state: 'FAILED', seconds: 5 } }, yes);

  const others = all.filter((name) => name !== fails && name !== 'quarantine' && !lost.includes(name));
  expectRun(ran)
    .toHaveFailed()
    .tasksToBe('failed', fails)
    .tasksToBe('upstream_failed', ...lost)
    .tasksToBe('succeeded', ...others);
  expectRun(ran).toHaveRunNothingTwice().tasksToBe('skipped', 'quarantine').notToHaveRun('quarantine');
  const began = ran.jobRuns.flatMap(({ task = '' }) => (lost.includes(task) ? [task] : []));
  expect(began).toEqual([]);
});

/** Named as the simulator names them: a crawl by its crawler, an evaluation by its ruleset. */
test.each([
  ['rules fail', { output: { rules: 4, failed: ['IsPrimaryKey "order_id"'] } }],
  ['rules cannot be evaluated', { state: 'FAILED' }],
] as const)('if %s, the orders go into quarantine, and nobody is asked', async (_, evaluation) => {
  const ran = await play({ 'priced-orders': evaluation }, yes);

  expectRun(ran)
    .toHaveFailed()
    .tasksToBe('failed', 'gate')
    .tasksToBe('upstream_failed', 'approve', 'publish')
    .tasksToBe('succeeded', ...transforms, 'apply-rates', 'catalog', 'quarantine');
  expectRun(ran).toHaveRun('quarantine', 1).notToHaveRun('publish');
});

test('if the orders cannot be catalogued, they go into quarantine unchecked', async () => {
  const ran = await play({ priced: { state: 'FAILED' } }, yes);

  expectRun(ran)
    .toHaveFailed()
    .tasksToBe('failed', 'catalog')
    .tasksToBe('upstream_failed', 'gate', 'approve', 'publish')
    .tasksToBe('succeeded', 'quarantine');
});

test('if the quarantine fails too, the run reports both', async () => {
  const failed = { output: { rules: 4, failed: ['RowCount > 0'] } };
  const ran = await play({ 'priced-orders': failed, quarantine: { state: 'FAILED' } });

  expectRun(ran).toHaveFailed().tasksToBe('failed', 'gate', 'quarantine').notToHaveRun('publish');
});

test.each<[string, Decision | undefined, RegExp]>([
  ['a rejection', { approve: false, by: 'ann' }, /^rejected by ann/],
  ['no decision within an hour', undefined, /^nobody decided within 1h/],
])('after %s nothing is published', async (_, decision, cause) => {
  const ran = await play({}, decision);

  expectRun(ran).toHaveFailed().tasksToBe('failed', 'approve').tasksToBe('upstream_failed', 'publish');
  expectRun(ran).tasksToBe('succeeded', 'gate').tasksToBe('skipped', 'quarantine').notToHaveRun('publish');
  expect(ran.tasks.approve?.cause).toMatch(cause);
});

test('analysts are asked for the approval, and the people on call hear of the failure', async () => {
  const told: string[] = [];
  await play({}, undefined, told);

  expect(told).toEqual([
    'analysts: nightly-build waits for approval: approve (local)',
    'oncall: nightly-build failed (local)',
  ]);
});

test('rates are looked up while customers are still being extracted', async () => {
  const simulator = await openSimulator([file], { jobs: { ...outputs, 'extract-customers': { seconds: 1_200 } } });
  try {
    await simulator.startRun({ pipeline: run.pipeline, cause: 'test', params: { day: '2026-03-02' } });
    await simulator.pass(600);
    const { tasks } = await simulator.look(run.id);
    expect(tasks.rates?.status).toBe('succeeded');
    expect(tasks['extract-customers']?.jobRuns).toMatchObject([{ attempt: 1, state: 'RUNNING' }]);
  } finally {
    simulator.close();
  }
});

test('the report matches an independent computation', (c) => {
  const why = missing();
  if (why !== undefined) return c.skip(why);
  const { orders, customers } = shop(createRandom(1));
  const rowsOf = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
  const countries = new Map(rowsOf(customers).map(([id = '', country = '']) => [id, country]));
  const rates = new Map([...Object.entries({ EUR: 10_000n, USD: 9_217n, GBP: 11_836n, CHF: 10_542n })]);
  const unique = new Map(rowsOf(orders).map((row) => [row[0] ?? '', row]));
  const sums = new Map<string, { orders: number; cents: bigint }>();
  for (const [id, day, customer = '', total = '', currency = ''] of unique.values()) {
    if (id === '' || day !== '2026-03-02') continue;
    const country = countries.get(customer) ?? 'unknown';
    const { orders: before, cents } = sums.get(country) ?? { orders: 0, cents: 0n };
    // cents times ten thousandths, rounded half up
    const rounded = (BigInt(total.replace('.', '')) * (rates.get(currency) ?? 0n) + 5_000n) / 10_000n;
    sums.set(country, { orders: before + 1, cents: cents + rounded });
  }
  const lines = [...sums]
    .toSorted(([, one], [, other]) => Number(other.cents - one.cents))
    .map(([country, { orders: count, cents }]) => `${country},${count},${(Number(cents) / 100).toFixed(2)}`);

  const ran = runExample('nightly-build');

  expect(ran.err).toBe('');
  expect(ran.out).toContain('approve of nightly-build-cli-');
  expect(ran.report).toBe(`${['country,orders,total_eur', ...lines].join('\n')}\n`);
});
