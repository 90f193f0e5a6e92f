import { spawnSync } from 'node:child_process';
import path from 'node:path';
import awsCronParser from 'aws-cron-parser';
import { Cron } from 'croner';
import * as z from 'zod/mini';

/** Each expression's next times in a library, in epoch milliseconds, or null if the library refuses it. */
export type Answers = Readonly<Record<string, readonly (readonly number[] | null)[]>>;

export type Question = { readonly after: number; readonly count: number; readonly expressions: readonly string[] };

const answers = z.record(z.string(), z.array(z.nullable(z.array(z.number()))));

/** npm's libraries, and those of Python that are installed. */
export function askLibraries(question: Question): Answers {
  const { expressions } = question;
  return {
    croner: expressions.map((expression) => orNull(() => ofCroner(expression, question))),
    'aws-cron-parser': expressions.map((expression) => orNull(() => ofAwsCronParser(expression, question))),
    ...askPython(question),
  };
}

function askPython(question: Question): Answers {
  const script = path.join(import.meta.dirname, 'cron-checks.py');
  const { status, stdout, stderr } = spawnSync('python3', [script], { input: JSON.stringify(question) });
  if (status !== 0) {
    console.log(`no Python libraries: ${String(stderr ?? 'python3 is missing').trim()}`);
    return {};
  }
  return answers.parse(JSON.parse(stdout.toString()));
}

/** Croner has leading seconds, and counts weekdays from 0. Its sloppy ranges take a step after a number. */
function ofCroner(expression: string, { after, count }: Question): number[] {
  const [minute, hour, day = '', month, weekday = '', year] = expression.replaceAll('?', '*').split(' ');
  const fromZero = weekday.replace(/(?<![#/\d])\d/g, (digit) => String(Number(digit) - 1));
  const cron = new Cron(['0', minute, hour, day, month, fromZero, year].join(' '), {
    timezone: 'UTC',
    sloppyRanges: true,
  });
  return cron.nextRuns(count, new Date(after)).map((date) => date.getTime());
}

function ofAwsCronParser(expression: string, { after, count }: Question): number[] {
  const parsed = awsCronParser.parse(expression);
  const times: number[] = [];
  while (times.length < count) {
    const next = awsCronParser.next(parsed, new Date(times.at(-1) ?? after));
    if (next === null) break;
    times.push(next.getTime());
  }
  return times;
}

function orNull(ask: () => number[]): number[] | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
