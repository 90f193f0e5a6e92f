import * as z from 'zod/mini';
import type { IntervalTemplate } from '../../model/trigger.ts';
import { about, field } from '../../reading/fields.ts';
import { namesIn } from './name-interval.ts';
import { checkTimezone, timezone } from './shared-fields.ts';
import type { Around } from './trigger-kind.ts';

const template = field(z.string().check(z.regex(/\{[^{}]*\}/)), {
  expected: 'a template of an hour, day or month, such as "{day}" or "{year}-{month}"',
  remedy: 'name the parameters that give it, each as {name}',
  examples: ['{day}', '{year}-{month}'],
});

/** Keys of triggers whose parameters name the interval of a run. */
export const intervalFields = {
  interval: about('What a run is for, as $interval, made of its parameters', template),
  timezone: about('Of the interval; UTC by default', timezone),
};

type Written = { readonly interval?: string | undefined; readonly timezone?: string | undefined };

export function readTemplate({ interval, timezone = 'UTC' }: Written): IntervalTemplate | undefined {
  return interval === undefined ? undefined : { of: interval, timezone };
}

/** @param bound parameters that every run of the trigger gets; undefined: whatever the caller sends */
export function checkTemplate(
  { interval, timezone }: Written,
  bound: readonly string[] | undefined,
  around: Around,
): void {
  const { report, params, nearest } = around;
  checkTimezone(timezone, around);
  if (interval === undefined) {
    if (timezone === undefined) return;
    const remedy = 'add `interval: "{day}"`, or remove it';
    report({
      path: ['timezone'],
      key: true,
      code: 'no-interval',
      message: '`timezone` has no effect without `interval`',
      remedy,
    });
    return;
  }
  for (const name of namesIn(interval)) {
    const within = { text: interval, offset: interval.indexOf(`{${name}}`) };
    const type = params.get(name);
    if (!params.has(name)) {
      const remedy = nearest.remedy(name, new Set(params.keys()), `declare it: params: { ${name}: { type: date } }`);
      const message = `the interval is made of \`${name}\`, which is not a parameter`;
      report({ path: ['interval'], within, code: 'unknown-param', message, remedy });
    } else if (type === 'object' || type === 'array') {
      const message = `the interval is made of \`${name}\`, which is an ${type}`;
      const remedy = 'name a parameter of another type';
      report({ path: ['interval'], within, code: 'unbindable-param', message, remedy });
    } else if (bound !== undefined && !bound.includes(name)) {
      const message = `the interval is made of \`${name}\`, which the key does not bind`;
      const remedy = `write {${name}} in the key, or another parameter in the interval`;
      report({ path: ['interval'], within, code: 'unbound-param', message, remedy });
    }
  }
}
