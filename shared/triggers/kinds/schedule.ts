import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { catchups, intervalUnits, type ScheduleTrigger } from '../../model/trigger.ts';
import { about, field, oneOf } from '../../reading/fields.ts';
import { checkSchedule } from '../../time/check-schedule.ts';
import { checkTimezone, everyTrigger, noInterval, timezone } from './shared-fields.ts';
import type { TriggerKind } from './trigger-kind.ts';

const expression = field(z.string(), {
  expected: 'a schedule: cron(…), rate(…) or at(…)',
  remedy: "write it in EventBridge Scheduler's syntax, such as cron(0 3 * * ? *)",
  examples: ['cron(0 3 * * ? *)', 'rate(1 hour)', 'at(2026-12-31T23:00:00)'],
});

const schema = z.strictObject({
  schedule: expression,
  timezone: about('IANA name; UTC by default', timezone),
  interval: about('What each run is for, as $interval', oneOf(intervalUnits)),
  catchup: about('Which missed intervals run; latest by default', oneOf(catchups)),
  ...everyTrigger,
});

/** A time comes. */
export const schedule = {
  schema,
  read({ schedule, timezone = 'UTC', interval, catchup }) {
    return { kind: 'schedule', expression: schedule, timezone, ...present({ interval, catchup }) };
  },
  check({ schedule, timezone, interval }, around) {
    const wrong = checkSchedule(schedule);
    if (wrong !== undefined) around.report({ path: ['schedule'], code: 'bad-schedule', ...wrong });
    checkTimezone(timezone, around);
    if (interval === 'schedule' && schedule.startsWith('at(')) {
      const message = 'an `at(…)` schedule fires once, so it has no previous time to start an interval';
      around.report({ path: ['interval'], code: 'no-interval', message, remedy: 'write hour, day, week or month' });
    }
    return [];
  },
  from: 'trigger',
  givesInterval: ({ interval }) => interval !== undefined,
  remedies: {
    param: () => 'give it a default, such as "{% $interval.start %}" with `interval: day` on the trigger',
    interval: () => 'add `interval: day` (or hour, week, month, schedule) to the trigger',
  },
  waitsFor: () => [],
  startedBy: () => undefined,
  intervals: (trigger) => [scheduled(trigger)],
  uses: () => [],
  renamed: (trigger) => trigger,
  wakes: () => undefined,
  words: ({ expression, timezone }) => `${expression} in ${timezone}`,
} satisfies TriggerKind<ScheduleTrigger, z.output<typeof schema>>;

function scheduled({ interval, timezone, expression }: ScheduleTrigger): string {
  if (interval === undefined) return noInterval;
  // nearly all zones differ by whole hours
  if (interval === 'hour') return 'each hour';
  const zone = /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal|Greenwich)$/.test(timezone) ? 'UTC' : timezone;
  return interval === 'schedule' ? `${expression} in ${zone}` : `each ${interval} in ${zone}`;
}
