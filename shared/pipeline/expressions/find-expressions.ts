import { isJsonObject, type Json } from '../../json.ts';
import type { Path, Report } from '../../reading/finding.ts';
import { type Expression, readExpression } from './expression.ts';
import { expressionText } from './expression-text.ts';

export type FoundExpression = { readonly path: Path; readonly text: string; readonly expression: Expression };

/**
 * Finds the expressions anywhere in a value, and reports the mistakes of each.
 *
 * @param locals further variables that they may read
 */
export function findExpressions(
  value: unknown,
  path: Path,
  report: Report,
  locals: readonly string[] = [],
): FoundExpression[] {
  if (typeof value === 'string') {
    const text = expressionText(value);
    if (text === undefined) {
      if (value.includes('{%')) reportPartial(value, path, report);
      return [];
    }
    const expression = readExpression(text, locals);
    for (const { offset, message, remedy } of expression.problems) {
      report({ path, within: { text, offset }, code: 'bad-expression', message, remedy });
    }
    return [{ path, text, expression }];
  }
  if (Array.isArray(value))
    return value.flatMap((item: Json, at) => findExpressions(item, [...path, at], report, locals));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => findExpressions(item, [...path, key], report, locals));
}

/** Step Functions would take the string literally, and the job would get the braces. */
function reportPartial(value: string, path: Path, report: Report): void {
  if (!value.includes('%}', value.indexOf('{%'))) {
    const message = 'the expression is not closed: `%}` is missing';
    report({ path, code: 'partial-expression', message, remedy: 'end the text with %}' });
    return;
  }
  const message = 'an expression cannot be mixed with text';
  const trimmed = expressionText(value.trim()) !== undefined;
  const blanks = value.endsWith('\n')
    ? 'a block of text ends with a line break: write it with >- or |-'
    : 'remove the blanks before {% and behind %}';
  const whole = `write the whole value as one expression: "{% ${joined(value)} %}"`;
  const isQuery = /^\s*(select|with|insert|create|update|delete|merge|unload)\b/i.test(value);
  const remedy = isQuery ? 'write `?` in its place, and the expression in `args`' : whole;
  report({ path, code: 'partial-expression', message, remedy: trimmed ? blanks : remedy });
}

/** The text and its expressions as one JSONata expression. */
function joined(value: string): string {
  const parts = value.split(/(\{%[\s\S]*?%\})/).filter((part) => part !== '');
  if (value.includes("'")) return "'s3://bucket/' & $params.day & '/'";
  return parts.map((part) => expressionText(part)?.trim() ?? `'${part}'`).join(' & ');
}
