import * as z from 'zod/mini';
import { schedulesOf, signalSchedule, triggerIsPaused } from '../../actors/schedule-actor.ts';
import { digest } from '../../ledger/digest.ts';
import { catchUpKey } from '../../ledger/ledger-keys.ts';
import type { System } from '../../services/system.ts';
import { nextTimes, rateOf, timesOf } from '../../time/next-times.ts';
import type { Scheduled } from '../../triggers/schedules/advance-schedule.ts';

/** Longer than the time after which a schedule counts as missed: see `advanceSchedule`. */
const overlapMilliseconds = 15 * 60_000;
/** How often the cursor is written when nothing was missed. Each look reads the time since the cursor again. */
const writtenEvery = 10 * 60_000;

const caughtUp = z.object({ schedules: z.string(), at: z.number() });

/**
 * Starts runs that the scheduler missed. It reads only schedules that were due since the last look: two hundred
 * nightly schedules cost one read a minute. When schedules have changed, it looks at all of them at once.
 *
 * @param deadline epoch milliseconds: no schedule is checked after it
 * @returns the number of schedules that could not be checked
 */
export async function catchUpDue(system: System, deadline: number): Promise<number> {
  const all = allSchedules(system);
  if (all.length === 0) return 0;
  const now = system.clock();
  const known = (await system.ledger.get(catchUpKey))?.value;
  const last = known === undefined ? undefined : caughtUp.parse(known);
  const schedules = digest(JSON.stringify(all));
  const same = last?.schedules === schedules ? last.at : undefined;
  const looked = same === undefined ? all : all.filter((of) => wasDue(of, same - overlapMilliseconds, now));
  const failed = await lookAtSchedules(system, looked, 'look', deadline);
  const done = failed === 0 && system.clock() < deadline;
  if (done && (same === undefined || now - same >= writtenEvery)) {
    await system.ledger.write([{ key: catchUpKey, expect: 'any', value: { schedules, at: now } }]);
  }
  return failed;
}

/**
 * Looks for missed times of all schedules that are not paused, after the scheduler itself was down, and starts what
 * `catchup` says.
 */
export async function catchUpAll(system: System): Promise<void> {
  await lookAtSchedules(system, allSchedules(system), 'resumed', Number.POSITIVE_INFINITY);
}

function allSchedules({ catalog }: System): Scheduled[] {
  return catalog.pipelines.flatMap(({ pipeline }) => schedulesOf(pipeline));
}

/** Only the ledger knows what a rate counts from. */
function wasDue(of: Scheduled, since: number, now: number): boolean {
  if (rateOf(of.expression) !== undefined) return true;
  const [next] = nextTimes(timesOf(of, 0), since, 1);
  return next !== undefined && next <= now;
}

async function lookAtSchedules(
  system: System,
  schedules: readonly Scheduled[],
  after: 'look' | 'resumed',
  deadline: number,
): Promise<number> {
  let failed = 0;
  // start elsewhere next time, so that every schedule gets its turn
  const first = Math.floor(system.random() * schedules.length);
  for (const of of [...schedules.slice(first), ...schedules.slice(0, first)]) {
    if (system.clock() >= deadline) break;
    try {
      const is = (await triggerIsPaused(system, of.pipeline, of.trigger)) ? 'seen' : after;
      await signalSchedule(system, of.pipeline, of.trigger, { is, of });
    } catch (error) {
      // one failing schedule does not block the others; the next sweep checks it again
      failed += 1;
      const name = error instanceof Error ? error.name : 'Error';
      system.log({ message: 'catch-up failed', pipeline: of.pipeline, trigger: of.trigger, error: name });
    }
  }
  return failed;
}
