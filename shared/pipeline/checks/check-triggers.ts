import { listOf } from '../../reading/fields.ts';
import type { Report } from '../../reading/finding.ts';
import type { Nearest } from '../../reading/nearest.ts';
import { readExpression } from '../expressions/expression.ts';
import { expressionText } from '../expressions/expression-text.ts';
import type { Draft } from '../file/draft.ts';
import { paramMistake } from '../file/params.ts';

/** Checks triggers and parameters, and that every trigger gives what the parameters need. */
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
  const publishes = new Set([...draft.tasks.values()].flatMap(({ fields }) => listOf(fields.publishes)));
  const params = new Map([...draft.declared.params].map((name) => [name, draft.params.get(name)?.type]));
  for (const [name, { kind, written, trigger }] of draft.triggers) {
    const path = ['triggers', name];
    const reportHere: Report = (finding) => report({ ...finding, path: [...path, ...finding.path] });
    const bound = kind.check(written, { pipeline: draft.name, params, publishes, report: reportHere, nearest });
    // the caller gives missing values
    if (kind.from === 'caller') continue;
    for (const [param, { default: fallback }] of draft.params) {
      if (bound.includes(param)) continue;
      if (fallback === undefined) {
        const message = `the trigger \`${name}\` gives no value to the parameter \`${param}\`, which has no default`;
        report({ path, key: true, code: 'param-without-value', message, remedy: kind.remedies.param(param) });
      } else if (!kind.givesInterval(trigger) && readsInterval(fallback)) {
        const message = `the trigger \`${name}\` has no interval, which the default of \`${param}\` reads`;
        report({ path, key: true, code: 'no-interval', message, remedy: kind.remedies.interval(param) });
      }
    }
  }
}

function isExpression(value: unknown): value is string {
  return typeof value === 'string' && expressionText(value) !== undefined;
}

function readsInterval(value: unknown): boolean {
  const text = typeof value === 'string' ? expressionText(value) : undefined;
  return text !== undefined && readExpression(text).reads.some((read) => read.of === 'interval');
}
