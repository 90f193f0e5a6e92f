import * as z from 'zod/mini';
import type { Json } from '../json.ts';
import { storedJson } from '../ledger/decision.ts';
import { field } from '../reading/fields.ts';
import { durationPattern, formatDuration, readDuration } from '../units/duration.ts';
import { timeOf } from '../units/time-of.ts';
import type { TaskKind } from './kind/task-kind.ts';
import { textOf } from './kind/text-of.ts';

/** `until`: a duration since the task's turn, or a time; with its expression evaluated, anything. */
const work = z.object({ kind: z.literal('wait'), until: storedJson });
export type WaitWork = z.output<typeof work>;

const isExpression = (text: string): boolean => text.startsWith('{%');

const until = field(
  z.string().check(z.refine((text) => durationPattern.test(text) || timeOf(text) !== undefined || isExpression(text))),
  {
    expected:
      'a duration such as `30m`, a time such as `2026-11-20T06:00:00Z`, or an expression that gives one of them',
    remedy: 'write `wait: 30m`, or `wait: "{% $interval.end %}"`',
    examples: ['30m', '{% $interval.end %}'],
  },
);

const schema = z.object({ wait: until });

/** Time that is left for the look that ends it. */
const patienceSeconds = 15 * 60;

/** Lets time pass: for so long, or until a time. */
export const wait = {
  kind: 'wait',
  service: 'Gluewright',
  file: {
    fields: { wait: until },
    words: ['sleep', 'delay', 'pause', 'timesensor'],
    expressions: ['wait'],
    read(task) {
      const read = schema.safeParse(task);
      return read.success ? { kind: 'wait', until: read.data.wait } : undefined;
    },
    check() {},
    values: (work) => ({ wait: work.until }),
    noLocal: 'time passes locally as it does on AWS',
    lasts: ({ until }) => secondsIn(until),
    longest: ({ until }) => (secondsIn(until) ?? yearSeconds) + patienceSeconds,
    noOutput: () => 'a wait only lets time pass',
  },
  things: {},
  uses: () => [],
  renamed: (work, _, value) => ({ ...work, until: value(work.until) }),
  runs: {
    by: 'looking',
    work,
    name: ({ until }) => textOf(until).slice(0, 100),
    looks: {
      due: (work, since, now) => endOf(work, since) ?? now,
      read(_, work, since, now) {
        const end = endOf(work, since);
        if (end === undefined) {
          const message = `wait: came to ${JSON.stringify(work.until).slice(0, 200)}, which is neither a duration nor a time`;
          return { is: 'failed', says: 'failed', message, final: true };
        }
        if (now < end) return { is: 'open', says: 'waiting' };
        return { is: 'succeeded', says: `waited ${formatDuration(Math.max(0, Math.round((end - since) / 1_000)))}` };
      },
    },
    sends: [],
    gone: [],
    errors: {
      failed: 'Gluewright.WaitFailed',
      timedOut: 'Gluewright.WaitTimedOut',
      stopped: 'Gluewright.WaitStopped',
      final: 'Gluewright.NoTime',
    },
  },
} as const satisfies TaskKind<WaitWork>;

const yearSeconds = 365 * 86_400;

/** Epoch milliseconds. Undefined: it is no time. */
function endOf({ until }: WaitWork, since: number): number | undefined {
  if (typeof until !== 'string') return undefined;
  const seconds = secondsIn(until);
  if (seconds !== undefined) return since + seconds * 1_000;
  return timeOf(until);
}

function secondsIn(until: Json): number | undefined {
  return typeof until === 'string' ? readDuration(until) : undefined;
}
