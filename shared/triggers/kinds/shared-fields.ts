import * as z from 'zod/mini';
import { about, field } from '../../reading/fields.ts';
import { isTimezone, timezones } from '../../time/check-schedule.ts';
import type { Around } from './trigger-kind.ts';

const priority = field(z.int().check(z.minimum(-100), z.maximum(100)), {
  expected: 'a whole number from -100 to 100',
  remedy: 'higher starts sooner; without it the priority is 0',
});

/** Keys of every kind of trigger. */
export const everyTrigger = {
  priority: about('Which queued run starts next: the higher, the sooner', priority, [10]),
};

export const timezone = field(z.string(), {
  expected: 'a time zone',
  remedy: 'write an IANA name such as Europe/Berlin',
  examples: ['Europe/Berlin', 'UTC'],
});

export function checkTimezone(written: string | undefined, { report, nearest }: Around): void {
  if (written === undefined || isTimezone(written)) return;
  const zone = nearest.of(written, timezones());
  const remedy = zone === undefined ? 'write an IANA name such as Europe/Berlin, or UTC' : `did you mean \`${zone}\`?`;
  report({ path: ['timezone'], code: 'bad-timezone', message: `there is no time zone \`${written}\``, remedy });
}

/** Describes runs without an interval. */
export const noInterval = 'no interval';
