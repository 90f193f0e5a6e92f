import fc from 'fast-check';
import { checkSchedule } from '../../shared/time/check-schedule.ts';
import { nextTimes, timesOf } from '../../shared/time/next-times.ts';
import { cronExpression } from './cron-expressions.ts';
import { askLibraries } from './cron-libraries.ts';
import type { Verdict } from './verdict.ts';

const after = Date.UTC(2026, 10, 22, 6, 13);
const count = 4;

/**
 * Compares random expressions with cron libraries. Each library has bugs of its own, so a difference counts only if
 * more libraries agree on other times than on this project's.
 */
export async function runCron(): Promise<Verdict> {
  const expressions = fc
    .sample(cronExpression, { numRuns: 1_000, seed: 15 })
    .filter((expression) => checkSchedule(`cron(${expression})`) === undefined);
  const ours = expressions.map((expression) => {
    const times = timesOf({ expression: `cron(${expression})`, timezone: 'UTC' }, after);
    return JSON.stringify(nextTimes(times, after, count));
  });
  const libraries = Object.entries(askLibraries({ after, count, expressions }));
  let differences = 0;
  for (const [at, expression] of expressions.entries()) {
    const votes = Map.groupBy(libraries, ([, answers]) => JSON.stringify(answers[at]));
    const withUs = votes.get(ours[at] ?? '')?.length ?? 0;
    const [times, against] =
      [...votes].find(([times, them]) => times !== 'null' && them.length > Math.max(1, withUs)) ?? [];
    if (times === undefined || times === ours[at]) continue;
    differences += 1;
    console.log(`differs: cron(${expression}): ${ours[at]}; ${against?.map(([name]) => name).join(', ')}: ${times}`);
  }
  for (const [name, answers] of libraries) {
    const same = answers.filter((times, at) => JSON.stringify(times) === ours[at]).length;
    const refused = answers.filter((times) => times === null).length;
    console.log(`${name}: the same ${same} times, refuses ${refused}, of ${expressions.length}`);
  }
  console.log(`${expressions.length} random expressions, ${differences} differences`);
  return { differences };
}
