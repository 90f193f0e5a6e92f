import { parseArgs } from 'node:util';
import { checkSchedule } from '../shared/time/check-schedule.ts';
import { timesOf } from '../shared/time/next-times.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { bruteForceCron, type Minutes, minutesOf } from './brute-force-cron.ts';
import { randomCron } from './random-cron.ts';
import { comparePauses } from './schedule-pauses.ts';

/** Zones with offsets of half and quarter hours, changes at midnight, and a skipped day. */
const spans: readonly (readonly [zone: string, firstYear: number])[] = [
  ['Europe/Berlin', 2027],
  ['America/New_York', 2027],
  ['Australia/Lord_Howe', 2027],
  ['Asia/Kathmandu', 2027],
  ['Africa/Cairo', 2027],
  ['Pacific/Apia', 2011],
];

export type Difference = {
  readonly zone: string;
  readonly expression: string;
  readonly at: string;
  readonly ours: boolean;
};

export type Comparison = {
  readonly expressions: number;
  readonly instants: number;
  readonly differences: Difference[];
};

/** Compares two years of schedules in each zone with an independent implementation. */
export function compareSchedules(each: number, seed: number, zones = spans): Comparison {
  const random = createRandom(seed);
  const differences: Difference[] = [];
  let instants = 0;
  for (const [zone, year] of zones) {
    const minutes = minutesOf(zone, Date.UTC(year, 0, 1), Date.UTC(year + 2, 0, 1));
    for (let count = 0; count < each; count += 1) {
      const expression = randomCron(random, [year - 1, year + 3]);
      const wrong = checkSchedule(`cron(${expression})`);
      if (wrong !== undefined) throw new Error(`${expression}: ${wrong.message}`);
      const due = bruteForceCron(expression, minutes);
      instants += due.length;
      const difference = firstDifference(zone, expression, due, minutes) ?? wrongBefore(zone, expression, due, random);
      if (difference !== undefined) differences.push(difference);
    }
  }
  return { expressions: each * zones.length, instants, differences };
}

function firstDifference(zone: string, expression: string, due: readonly number[], { from, shown }: Minutes) {
  const end = from + shown.length * 60_000;
  const ours = timesOf({ expression: `cron(${expression})`, timezone: zone }, 0).after(from - 1);
  for (const expected of [...due, undefined]) {
    const { value: time } = ours.next();
    const got = time === undefined || time >= end ? undefined : time;
    if (got === expected) continue;
    const at = Math.min(got ?? Number.POSITIVE_INFINITY, expected ?? Number.POSITIVE_INFINITY);
    return { zone, expression, at: new Date(at).toISOString(), ours: got === at };
  }
  return undefined;
}

/** Intervals of a schedule begin at the time before. */
function wrongBefore(zone: string, expression: string, due: readonly number[], random: Random) {
  const at = random.integer(1, Math.max(1, due.length - 1));
  const [before, time] = [due[at - 1], due[at]];
  if (before === undefined || time === undefined) return undefined;
  const got = timesOf({ expression: `cron(${expression})`, timezone: zone }, 0).before(time);
  if (got === before) return undefined;
  return { zone, expression, at: new Date(got ?? before).toISOString(), ours: got !== undefined };
}

/** Prints the number of compared instants and each expression that differs, then the same for paused schedules. */
export async function schedules(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      expressions: { type: 'string' },
      pauses: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const seed = Number(values.seed ?? 1);
  const began = performance.now();
  const { differences, ...figures } = compareSchedules(Number(values.expressions ?? 200), seed);
  const histories = Number(values.pauses ?? 3_000);
  const mismatches = comparePauses(histories, seed);
  const seconds = (performance.now() - began) / 1_000;
  if (values.json) console.log(JSON.stringify({ seed, ...figures, differences, histories, mismatches, seconds }));
  else {
    console.log(
      `${figures.expressions} expressions in ${spans.length} zones, ${figures.instants} instants, seed ${seed}`,
    );
    for (const { zone, expression, at, ours } of differences)
      console.log(`${ours ? 'ours only' : 'missing'}: cron(${expression}) in ${zone} at ${at}`);
    console.log(`${histories} schedules that are paused and resumed`);
    for (const mismatch of mismatches) console.log(`not as the model: ${JSON.stringify(mismatch)}`);
    console.log(`${differences.length + mismatches.length} differ; ${seconds.toFixed(1)} s`);
  }
  if (differences.length + mismatches.length > 0) process.exitCode = 1;
}
