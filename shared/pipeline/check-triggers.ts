import { checkArrivals } from './check-arrivals.ts';
import { type Draft, type DraftDatasets, type DraftTrigger, listOf } from './draft.ts';
import { expressionText, readExpression } from './expression.ts';
import type { Path, Report } from './finding.ts';
import type { Nearest } from './nearest.ts';
import { paramMistake } from './params.ts';
import { checkSchedule, isTimezone, timezones } from './schedule.ts';

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
  const notYet = (key: string, what: string) => {
    const message = `${what}: checked, but this version does not start runs by it`;
    const remedy = 'start runs with `gluewright run` until then';
    report({ path: [...path, key], key: true, severity: 'warning', code: 'not-started-yet', message, remedy });
  };
  if ('schedule' in trigger) {
    notYet('schedule', 'a schedule');
    const wrong = checkSchedule(trigger.schedule);
    if (wrong !== undefined) report({ path: [...path, 'schedule'], code: 'bad-schedule', ...wrong });
    if (trigger.timezone !== undefined && !isTimezone(trigger.timezone)) {
      const zone = nearest.of(trigger.timezone, timezones());
      const remedy =
        zone === undefined ? 'write an IANA name such as Europe/Berlin, or UTC' : `did you mean \`${zone}\`?`;
      report({
        path: [...path, 'timezone'],
        code: 'bad-timezone',
        message: `there is no time zone \`${trigger.timezone}\``,
        remedy,
      });
    }
  } else if ('s3' in trigger) {
    return checkArrivals(trigger, path, draft, report, nearest);
  } else if ('api' in trigger) {
    notYet('api', 'an API call');
  } else if ('pipeline' in trigger) {
    checkUpstreamPipeline(trigger.pipeline.name, [...path, 'pipeline', 'name'], draft, report);
  } else if ('datasets' in trigger) {
    notYet('datasets', 'datasets');
    checkDatasets(trigger.datasets, [...path, 'datasets'], draft, report);
  }
  return [];
}

function checkUpstreamPipeline(name: string, path: Path, draft: Draft, report: Report): void {
  if (name !== draft.name) return;
  const message = 'the pipeline waits for itself: each run would start the next, for ever';
  report({ path, code: 'own-pipeline', message, remedy: 'name another pipeline, or remove the trigger' });
}

function checkDatasets(rule: DraftDatasets, path: Path, draft: Draft, report: Report): void {
  const key = 'all' in rule ? 'all' : 'any' in rule ? 'any' : 'of';
  const names = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.of;
  if (names.length === 0) {
    report({
      path: [...path, key],
      code: 'no-datasets',
      message: 'no dataset is named',
      remedy: 'name at least one, or remove the trigger',
    });
  }
  if ('at_least' in rule && rule.at_least > names.length && names.length > 0) {
    const message = `the trigger wants ${rule.at_least} datasets, and names ${names.length} only`;
    report({
      path: [...path, 'at_least'],
      code: 'at-least',
      message,
      remedy: `write at most ${names.length}, or name more of them`,
    });
  }
  const own = new Set([...draft.tasks.values()].flatMap(({ fields }) => listOf(fields.publishes)));
  for (const [at, name] of names.entries()) {
    if (!own.has(name)) continue;
    const message = `the pipeline publishes \`${name}\` itself: each run would start the next, for ever`;
    report({ path: [...path, key, at], code: 'own-dataset', message, remedy: 'remove it here' });
  }
}
