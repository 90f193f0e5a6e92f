import type { Json, JsonObject } from '../../json.ts';
import type { Interval } from '../../model/pipeline.ts';
import type { IntervalTemplate } from '../../model/trigger.ts';
import { namedUnit } from '../../time/named-unit.ts';

export type NamedInterval =
  | { readonly interval?: Interval; readonly problem?: undefined }
  | { readonly problem: string };

/** The interval that a run's parameters name, or why they name none. Without a template there is no interval. */
export function nameInterval(template: IntervalTemplate | undefined, params: JsonObject): NamedInterval {
  if (template === undefined) return {};
  const { of, timezone } = template;
  const missing = namesIn(of).find((name) => params[name] === undefined);
  if (missing !== undefined) {
    return { problem: `the interval is made of the parameter \`${missing}\`, which is not given` };
  }
  const text = of.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => textOf(params[name]));
  const interval = namedUnit(text, timezone);
  if (interval !== undefined) return { interval };
  return {
    problem: `\`${text}\` does not name an hour, day or month: write it like 2026-11-21T04, 2026-11-21 or 2026-11`,
  };
}

/** The parameters that a template names. */
export function namesIn(template: string): string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
