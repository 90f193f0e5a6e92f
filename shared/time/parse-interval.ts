import type { Interval, Pipeline } from '../model/pipeline.ts';
import type { IntervalUnit } from '../model/trigger.ts';
import { intervalAround } from './interval.ts';
import { firstInstantFrom, formatInstant } from './zone.ts';

export type ParsedInterval =
  | { readonly interval: Interval; readonly problem?: undefined }
  | { readonly problem: string };

/**
 * An interval as people write it. `START/END`, each ISO 8601 or, by the clocks of the pipeline's schedule, a date or a local time;
 * or just one time of that kind: the hour, day, week or month of the schedule in which it lies.
 */
export function parseInterval(text: string, pipeline: Pick<Pipeline, 'name' | 'triggers'>): ParsedInterval {
  const rules = rulesOf(pipeline);
  const timezones = new Set(rules.map(({ timezone }) => timezone));
  const timezone = timezones.size === 1 ? (rules[0]?.timezone ?? 'UTC') : 'UTC';
  const [first = '', second, ...more] = text.split(/\/|\.\./);
  const start = instantOf(first, timezone);
  if (start === undefined || more.length > 0) return { problem: notAnInterval(text) };
  if (second === undefined) return wholeUnit(text, start, rules, pipeline.name);
  const end = instantOf(second, timezone);
  if (end === undefined) return { problem: notAnInterval(text) };
  if (end.at <= start.at) return { problem: `the interval ${text} does not end after its beginning` };
  return { interval: { start: start.text, end: end.text } };
}

type Rule = { readonly unit: IntervalUnit; readonly timezone: string };
type Instant = { readonly at: number; readonly text: string };

/** What the pipeline's schedules give their runs, each once. */
function rulesOf({ triggers }: Pick<Pipeline, 'triggers'>): Rule[] {
  const rules = Object.values(triggers).flatMap((trigger): Rule[] =>
    trigger.kind === 'schedule' && trigger.interval !== undefined
      ? [{ unit: trigger.interval, timezone: trigger.timezone }]
      : [],
  );
  return rules.filter(({ unit, timezone }, at) => {
    return rules.findIndex((other) => other.unit === unit && other.timezone === timezone) === at;
  });
}

function wholeUnit(text: string, { at }: Instant, rules: readonly Rule[], pipeline: string): ParsedInterval {
  const [rule, ...others] = rules;
  if (rule !== undefined && others.length === 0 && rule.unit !== 'schedule') {
    return { interval: intervalAround(rule.timezone, rule.unit, at) };
  }
  const units = 'hour, day, week or month';
  const why =
    rule === undefined || others.length === 0
      ? `no schedule of ${pipeline} is for one ${units}`
      : `the schedules of ${pipeline} differ`;
  return { problem: `how long the interval from ${text} is, is not known, since ${why}: write START/END` };
}

const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** A month, a day, an hour, or a minute; `T04-00` as in the ids of runs. */
const local = /^(\d{4}-\d{2})(?:-(\d{2})(?:T(\d{2})(?:[:-](\d{2})(?::(\d{2}))?)?)?)?$/;

function instantOf(text: string, timezone: string): Instant | undefined {
  if (withOffset.test(text)) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? undefined : { at, text };
  }
  const found = local.exec(text);
  if (found === null) return undefined;
  const [, month = '', day = '01', hour = '00', minute = '00', second = '00'] = found;
  const time = Date.parse(`${month}-${day}T${hour}:${minute}:${second}Z`);
  // the 30th of February is the 2nd of March to some
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(`${month}-${day}`)) return undefined;
  const at = firstInstantFrom(timezone, time);
  return { at, text: formatInstant(timezone, at) };
}

function notAnInterval(text: string): string {
  return `${text} is no interval: write START/END, such as 2026-11-21T00:00:00Z/2026-11-22T00:00:00Z, or the day, 2026-11-21, of a pipeline whose schedule is for days`;
}
