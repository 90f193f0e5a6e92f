import { kinds } from '../../../shared/tasks/kinds.ts';

/** Files with mistakes, and for each problem its code and the word at its place. */
export type Mistake = {
  readonly title: string;
  readonly text: string;
  readonly found: readonly string[];
  /** One of the remedies. */
  readonly remedy?: string;
};

export const keys = Object.keys(kinds).map((key) => `\`${key}\``);

/** Tasks, one a line, from line 3 on. */
export function tasks(...lines: readonly string[]): string {
  return `pipeline: p\ntasks:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** The upper part of a file, with one task below it. */
export function above(...lines: readonly string[]): string {
  return `${lines.join('\n')}\npipeline: p\ntasks: { a: { glue-job: j } }\n`;
}

/** A task `b` with the argument `x`, after `a`. */
export function reading(expression: string, more = '', ...others: readonly string[]): string {
  return tasks('a: { glue-job: j }', `b: { glue-job: j, after: [a]${more}, args: { x: "${expression}" } }`, ...others);
}
