import type { Path, Report } from '../../reading/finding.ts';
import type { Nearest } from '../../reading/nearest.ts';
import { checkSchedule, isTimezone, timezones } from '../../time/check-schedule.ts';
import { expressionText, readExpression } from '../expressions/expression.ts';
import type { Draft, DraftTrigger } from '../file/draft.ts';
import { paramMistake } from '../file/params.ts';
import { checkArrivals } from './check-arrivals.ts';
import { checkDatasets } from './check-datasets.ts';

/** Triggers and parameters, and whether the one gives what the other needs. */
export function checkTriggers(draft: Draft, report: Report, nearest: Nearest): void {
  for (const [name, param] of draft.params) {
    if (param.default === undefined || isExpression(param.default)) continue;
    const mistake = paramMistake(param.type, param.default);
    if (mistake === undefined) continue;
    const message = `the default of \`${name}\` ${mistake}`;
    report({
      path: ['params', name, 'default'],
      code: 'bad-default',
      message,
      remedy: `write a value of type ${param.type}`,
    });
  }
  for (const [name, trigger] of draft.triggers) {
    const path = ['triggers', name];
    const bound = new Set(checkOne(trigger, path, draft, report, nearest));
    if ('api' in trigger) continue; // The caller gives what is missing.
    for (const [param, { default: fallback }] of draft.params) {
      if (bound.has(param)) continue;
      if (fallback === undefined) {
        const message = `the trigger \`${name}\` gives no value to the parameter \`${param}\`, which has no default`;
        const remedy =
          's3' in trigger ? `bind it in the key, as {${param}}, or give it a default` : 'give it a default';
        report({ path, key: true, code: 'param-without-value', message, remedy });
      } else if (!givesInterval(trigger) && readsInterval(fallback)) {
        const message = `the trigger \`${name}\` has no interval, which the default of \`${param}\` reads`;
        report({ path, key: true, code: 'no-interval', message, remedy: intervalRemedy(trigger, param) });
      }
    }
  }
}

/** Whether the runs that it starts are for an interval. A dataset is published for the interval of the run that made it. */
export function givesInterval(trigger: DraftTrigger): boolean {
  return 'schedule' in trigger ? trigger.interval !== undefined : 'datasets' in trigger || 'pipeline' in trigger;
}

export function intervalRemedy(trigger: DraftTrigger, param: string): string {
  return 's3' in trigger
    ? `bind a parameter in the key instead, such as {${param}}`
    : 'add `interval: day` (or hour, week, month, schedule) to the trigger';
}

function isExpression(value: unknown): value is string {
  return typeof value === 'string' && expressionText(value) !== undefined;
}

function readsInterval(value: unknown): boolean {
  const text = typeof value === 'string' ? expressionText(value) : undefined;
  return text !== undefined && readExpression(text).reads.some((read) => read.of === 'interval');
}

/** Returns the parameters that the trigger binds. */
function checkOne(
  trigger: DraftTrigger,
  path: Path,
  draft: Draft,
  report: Report,
  nearest: Nearest,
): readonly string[] {
  if ('schedule' in trigger) {
    checkScheduled(trigger, path, report, nearest);
  } else if ('s3' in trigger) {
    return checkArrivals(trigger, path, draft, report, nearest);
  } else if ('pipeline' in trigger) {
    checkUpstreamPipeline(trigger.pipeline.name, [...path, 'pipeline', 'name'], draft, report);
  } else if ('datasets' in trigger) {
    checkDatasets(trigger, path, draft, report);
    checkTimezone(trigger.timezone, path, report, nearest);
  }
  return [];
}

type DraftSchedule = Extract<DraftTrigger, { schedule: unknown }>;

function checkUpstreamPipeline(name: string, path: Path, draft: Draft, report: Report): void {
  if (name !== draft.name) return;
  const message = 'the pipeline waits for itself: each run would start the next, for ever';
  report({ path, code: 'own-pipeline', message, remedy: 'name another pipeline, or remove the trigger' });
}

function checkScheduled(trigger: DraftSchedule, path: Path, report: Report, nearest: Nearest): void {
  const { schedule, timezone, interval } = trigger;
  const wrong = checkSchedule(schedule);
  if (wrong !== undefined) report({ path: [...path, 'schedule'], code: 'bad-schedule', ...wrong });
  checkTimezone(timezone, path, report, nearest);
  if (interval !== 'schedule' || !schedule.startsWith('at(')) return;
  const message = 'what happens once has no time before it that an interval could begin at';
  report({ path: [...path, 'interval'], code: 'no-interval', message, remedy: 'write hour, day, week or month' });
}

function checkTimezone(timezone: string | undefined, path: Path, report: Report, nearest: Nearest): void {
  if (timezone === undefined || isTimezone(timezone)) return;
  const zone = nearest.of(timezone, timezones());
  const remedy = zone === undefined ? 'write an IANA name such as Europe/Berlin, or UTC' : `did you mean \`${zone}\`?`;
  report({
    path: [...path, 'timezone'],
    code: 'bad-timezone',
    message: `there is no time zone \`${timezone}\``,
    remedy,
  });
}
