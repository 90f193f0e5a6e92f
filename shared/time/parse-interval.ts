import type { Interval, Pipeline } from '../model/pipeline.ts';
import type { IntervalTemplate, IntervalUnit } from '../model/trigger.ts';
import { intervalAround } from './interval.ts';
import { namedUnit } from './named-unit.ts';
import { firstInstantFrom, formatInstant } from './zone.ts';

export type ParsedInterval =
  | { readonly interval: Interval; readonly problem?: undefined }
  | { readonly problem: string };

/**
 * Parses an interval: `START/END`, each ISO 8601 or, by the clocks of the pipeline's schedule, a date or a local
 * time; or one such time: the schedule's hour, day, week or month that contains it.
 */
export function parseInterval(text: string, pipeline: Pick<Pipeline, 'name' | 'triggers'>): ParsedInterval {
  const rules = rulesOf(pipeline);
  const timezones = new Set(rules.map(({ timezone }) => timezone));
  const timezone = timezones.size === 1 ? (rules[0]?.timezone ?? 'UTC') : 'UTC';
  const [first = '', second, ...more] = text.split(/\/|\.\./);
  const start = instantOf(first, timezone);
  if (start === undefined || more.length > 0) return { problem: notAnInterval(text) };
  if (second === undefined) return wholeUnit(text, start, rules, pipeline);
  const end = instantOf(second, timezone);
  if (end === undefined) return { problem: notAnInterval(text) };
  if (end.at <= start.at) return { problem: `the interval ${text} ends before it starts` };
  return { interval: { start: start.text, end: end.text } };
}

type Rule = { readonly unit: IntervalUnit; readonly timezone: string };
type Instant = { readonly at: number; readonly text: string };

/** The units and zones of the pipeline's schedules, without duplicates. */
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

/** The template of `s3` and `api` triggers, if all agree on the zone. */
function templateOf({ triggers }: Pick<Pipeline, 'triggers'>): IntervalTemplate | undefined {
  const [first, ...others] = Object.values(triggers).flatMap((trigger) =>
    'interval' in trigger && typeof trigger.interval === 'object' ? [trigger.interval] : [],
  );
  return others.every(({ timezone }) => timezone === first?.timezone) ? first : undefined;
}

/** Texts that name more than one unit. */
const tooCoarse: Readonly<Record<Exclude<IntervalUnit, 'schedule'>, readonly string[]>> = {
  month: [],
  week: ['month'],
  day: ['month'],
  hour: ['month', 'day'],
};

/** The unit that a text names. */
function coarseness(text: string): 'month' | 'day' | 'hour' | undefined {
  const [, month, day, hour] = local.exec(text) ?? [];
  if (month === undefined) return undefined;
  return day === undefined ? 'month' : hour === undefined ? 'day' : 'hour';
}

function wholeUnit(
  text: string,
  { at }: Instant,
  rules: readonly Rule[],
  pipeline: Pick<Pipeline, 'name' | 'triggers'>,
): ParsedInterval {
  const [rule, ...others] = rules;
  if (rule !== undefined && others.length === 0 && rule.unit !== 'schedule') {
    const written = coarseness(text);
    if (written !== undefined && tooCoarse[rule.unit].includes(written)) {
      const { unit } = rule;
      return {
        problem: `${text} is a ${written}, and runs of ${pipeline.name} are each for one ${unit}: name the ${unit}, or write START/END`,
      };
    }
    return { interval: intervalAround(rule.timezone, rule.unit, at) };
  }
  const template = rules.length === 0 ? templateOf(pipeline) : undefined;
  const named = template === undefined ? undefined : namedUnit(text, template.timezone);
  if (named !== undefined) return { interval: named };
  const units = 'hour, day, week or month';
  const why =
    rule === undefined || others.length === 0
      ? `no schedule of ${pipeline.name} is for one ${units}`
      : `the schedules of ${pipeline.name} differ`;
  return { problem: `cannot tell how long the interval at ${text} is, because ${why}: write START/END` };
}

const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** A month, a day, an hour, or a minute; `T04-00` as in ids of runs. */
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
  // Date reads the 30th of February as the 2nd of March
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(`${month}-${day}`)) return undefined;
  const at = firstInstantFrom(timezone, time);
  return { at, text: formatInstant(timezone, at) };
}

function notAnInterval(text: string): string {
  return `${text} is no interval: write START/END, such as 2026-11-21T00:00:00Z/2026-11-22T00:00:00Z, or the day, 2026-11-21, of a pipeline whose schedule is for days`;
}
