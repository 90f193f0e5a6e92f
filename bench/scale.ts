import { parseArgs } from 'node:util';
import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { createVirtualClock } from '../local/clock/virtual-clock.ts';
import { openRuntime, type Runtime } from '../local/runtime.ts';
import { startRun } from '../shared/actors/start-run.ts';
import { itemsOf } from '../shared/ledger/items-of.ts';
import { runPartition } from '../shared/ledger/ledger-keys.ts';
import { readPipelineValue } from '../shared/pipeline/read-pipeline.ts';
import { bytesOf, type Counts, count, type LedgerMeter, meteredLedger, total } from './meter.ts';

const runsADay = 100_000;
const secondsApart = 86_400 / runsADay;

/** Dollars in us-east-1, as published in 2026. Lambda's time is not among them: the simulator's functions take none. */
const prices = {
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  transition: 25e-6,
  invocation: 0.2e-6,
  ownEvent: 1e-6,
} as const;

/** Five tasks: three side by side, then one, then one. Each takes two minutes. */
const tasks = {
  a: { 'glue-job': 'work' },
  b: { 'glue-job': 'work' },
  c: { 'glue-job': 'work' },
  join: { 'glue-job': 'work', after: ['a', 'b', 'c'] },
  report: { 'glue-job': 'work', after: ['join'] },
};

/**
 * Starts this many runs at a rate of 100,000 a day, and counts everything that they cause until they end. `--tasks` is
 * the number of parallel tasks in the pipeline.
 */
export async function scale(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { runs: { type: 'string', default: '300' }, tasks: { type: 'string' }, json: { type: 'boolean' } },
  });
  const runs = Number(values.runs);
  const wanted = values.tasks === undefined ? tasks : sideBySide(Number(values.tasks));
  const { pipeline } = readPipelineValue({ pipeline: 'scale', runs: { max: 1_000 }, tasks: wanted }, 'scale');
  if (pipeline === undefined) throw new Error('the pipeline cannot be read');
  const clock = createVirtualClock(Date.UTC(2026, 0, 1));
  const calls: Counts = new Map();
  const invocations: Counts = new Map();
  const events: Counts = new Map();
  const meter: LedgerMeter = { read: new Map(), written: new Map(), partitions: new Map() };
  const runtime = await openRuntime({
    home: ':memory:',
    clock,
    pipelines: [pipeline],
    jobs: { work: { name: 'work', type: 'pythonshell', args: {}, maxConcurrentRuns: 100_000 } },
    simulate: () => ({ seconds: 120 }),
    schedules: false,
    wrapLedger: (ledger) => meteredLedger(ledger, meter),
    faults: {
      calls: (service, operation) => {
        if (service !== 'Ledger') count(calls, `${service}.${operation}`);
        return undefined;
      },
      skew: (name) => {
        count(invocations, name);
        return 0;
      },
    },
    onSurprise: (error) => {
      throw error;
    },
  });
  const sources = { glue: 'aws.glue', stepFunctions: 'aws.states', own: { 'anything-but': { prefix: 'aws.' } } };
  for (const [name, source] of Object.entries(sources)) {
    const target = async (): Promise<void> => count(events, name);
    runtime.bus.addRule({ name: `counted-${name}`, pattern: { source: [source] }, target });
  }
  try {
    const ids = await startAll(runtime, clock, runs);
    const figures = {
      runs,
      readUnits: perRun(meter.read, runs),
      writeUnits: perRun(meter.written, runs),
      partitions: perRun(byKind(meter.partitions), runs),
      hottest: hottest(meter.partitions, runs),
      calls: perRun(calls, runs),
      invocations: perRun(invocations, runs),
      events: perRun(events, runs),
      transitions: await transitionsOf(runtime, ids[0] ?? ''),
      kept: await keptOf(runtime, ids[0] ?? ''),
    };
    const own = events.get('own') ?? 0;
    const money = moneyOf(
      figures.transitions,
      total(meter.written) / runs,
      total(meter.read) / runs,
      total(invocations) / runs,
      own / runs,
    );
    if (values.json === true) console.log(JSON.stringify({ ...figures, money }));
    else console.log(JSON.stringify({ ...figures, money }, undefined, 2));
  } finally {
    await runtime.close();
  }
}

function sideBySide(count: number): Readonly<Record<string, { readonly 'glue-job': string }>> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`task${at}`, { 'glue-job': 'work' }]));
}

async function startAll(
  runtime: Runtime,
  clock: ReturnType<typeof createVirtualClock>,
  runs: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const began = clock.now();
  for (let run = 0; run < runs; run += 1) {
    let here = false;
    clock.at(began + run * secondsApart * 1_000, () => {
      here = true;
    });
    await clock.run(() => here);
    const answer = await startRun(runtime.system, { pipeline: 'scale', cause: `run ${run}` });
    if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
    ids.push(answer.run.id);
  }
  let over = false;
  clock.at(clock.now() + 900_000, () => {
    over = true;
  });
  await clock.run(() => over);
  return ids;
}

function perRun(counts: Counts, runs: number): Record<string, number> {
  const entries = [...counts].sort(([, a], [, b]) => b - a).map(([name, sum]) => [name, round(sum / runs)] as const);
  return { all: round(total(counts) / runs), ...Object.fromEntries(entries) };
}

/** Combines partitions such as `run#orders-1`. */
function byKind(partitions: Counts): Counts {
  const kinds: Counts = new Map();
  for (const [name, units] of partitions) count(kinds, name.split('#')[0] ?? name, units);
  return kinds;
}

/** Units a second at 100,000 runs a day, for the busiest partition of each list. */
function hottest(partitions: Counts, runs: number): Record<string, number> {
  const most = new Map<string, number>();
  for (const [name, units] of partitions) {
    const kind = name.split('#')[0] ?? name;
    most.set(kind, Math.max(most.get(kind) ?? 0, units));
  }
  const each = [...most].map(([kind, units]) => [kind, round(units / runs / secondsApart)] as const);
  return Object.fromEntries(each.filter(([, units]) => units >= 0.1).sort(([, a], [, b]) => b - a));
}

async function transitionsOf({ clients, system }: Runtime, run: string): Promise<number> {
  const executionArn = String(
    (await system.ledger.get({ partition: runPartition(run), sort: 'run' }))?.value.executionArn,
  );
  const { events = [] } = await clients.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }));
  return events.filter(({ type }) => type?.endsWith('StateEntered')).length;
}

/** What one run leaves in its own ledger partition. */
async function keptOf({ system }: Runtime, run: string): Promise<{ items: number; bytes: number; runRecord: number }> {
  let [items, bytes, runRecord] = [0, 0, 0];
  for await (const item of itemsOf(system.ledger, runPartition(run))) {
    items += 1;
    bytes += bytesOf(item);
    if (item.key.sort === 'run') runRecord = bytesOf(item);
  }
  return { items, bytes, runRecord };
}

function moneyOf(transitions: number, written: number, read: number, invocations: number, ownEvents: number) {
  const each = {
    stepFunctions: transitions * prices.transition,
    ledgerWrites: written * prices.writeUnit,
    ledgerReads: read * prices.readUnit,
    lambdaRequests: invocations * prices.invocation,
    ownEvents: ownEvents * prices.ownEvent,
  };
  const run = Object.values(each).reduce((sum, one) => sum + one, 0);
  const day = Object.entries(each).map(([name, one]) => [name, round(one * runsADay)] as const);
  return { run: Number(run.toFixed(6)), day: { all: round(run * runsADay), ...Object.fromEntries(day) } };
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
