import * as z from 'zod/mini';
import { storedJson } from '../ledger/decision.ts';
import { about, duration, field, listOf, oneOf, oneOrMore } from '../reading/fields.ts';
import { formatDuration, readDuration } from '../units/duration.ts';
import type { TaskKind } from './kind/task-kind.ts';
import { textOf } from './kind/text-of.ts';
import type { Decision } from './kind/waiting-work.ts';
import type { EndState } from './kind/work-state.ts';

const ends = ['reject', 'approve'] as const;

const work = z.object({
  kind: z.literal('approval'),
  /** With its expression evaluated, anything. */
  question: storedJson,
  by: z.array(z.string()),
  seconds: z.number(),
  otherwise: z.enum(ends),
});
export type ApprovalWork = z.output<typeof work>;

const question = field(z.string().check(z.minLength(1), z.maxLength(500)), {
  expected: 'the question that people are asked, at most 500 letters',
  remedy: 'write `approval: "Publish the report?"`',
  examples: ['Publish the report?'],
});

const approver = field(z.string(), {
  expected: 'the name of somebody who may decide',
  remedy: 'write `by: ann@example.com`, the name by which the API knows the caller',
});

const fields = {
  approval: question,
  by: about('Who may decide, by the names that the API knows; anybody who may act by default', oneOrMore(approver), [
    'ann',
    ['ann', 'bob'],
  ]),
  within: about('How long it is waited for; 12h by default', duration),
  otherwise: about('What counts where nobody decides; reject by default', oneOf(ends)),
};
const schema = z.object(fields);

const defaultSeconds = 12 * 3_600;
/** Time that is left for the look that ends it. */
const patienceSeconds = 15 * 60;

/** Waits until somebody approves or rejects, and for so long at most. */
export const approval = {
  kind: 'approval',
  service: 'Gluewright',
  file: {
    fields,
    words: ['approve', 'approvalgate', 'manual', 'manualapproval', 'humantask', 'confirm', 'gate'],
    expressions: ['approval'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { approval, by, within, otherwise = 'reject' } = read.data;
      const seconds = within === undefined ? defaultSeconds : (readDuration(within) ?? defaultSeconds);
      return { kind: 'approval', question: approval, by: [...listOf(by)], seconds, otherwise };
    },
    check({ seconds }, timeoutSeconds, report) {
      if (timeoutSeconds === undefined || timeoutSeconds > seconds) return;
      report({
        path: ['timeout'],
        key: true,
        code: 'approval-timeout',
        message: `the timeout ends the task before \`within\` (${formatDuration(seconds)}), and \`otherwise\` never counts`,
        remedy: 'remove `timeout`: `within` says how long people have',
      });
    },
    values: (work) => ({ approval: work.question }),
    noLocal: 'people decide locally as on AWS: `gluewright approve RUN TASK`',
    lasts: ({ seconds }) => seconds,
    longest: ({ seconds }) => seconds + patienceSeconds,
    noOutput: () => undefined,
  },
  things: {},
  uses: () => [],
  renamed: (work, _, value) => ({ ...work, question: value(work.question) }),
  runs: {
    by: 'looking',
    work,
    name: ({ question }) => textOf(question).slice(0, 200),
    looks: {
      due: ({ seconds }, since) => since + seconds * 1_000,
      read(_, { seconds, otherwise }, since, now) {
        const end = since + seconds * 1_000;
        if (now < end) return { is: 'open', says: 'waiting' };
        const why = `nobody decided within ${formatDuration(seconds)}`;
        return decided({ approve: otherwise === 'approve', by: 'nobody', at: end }, why);
      },
      decided(work, decision) {
        if (work.by.length > 0 && !work.by.includes(decision.by)) {
          return { problem: `${decision.by} may not decide this: ${work.by.join(', ')} may` };
        }
        const does = decision.approve ? 'approved' : 'rejected';
        const note = decision.note === undefined ? '' : `: ${decision.note}`;
        return decided(decision, `${does} by ${decision.by} at ${new Date(decision.at).toISOString()}${note}`);
      },
    },
    sends: [],
    gone: [],
    errors: {
      failed: 'Gluewright.ApprovalFailed',
      timedOut: 'Gluewright.ApprovalTimedOut',
      stopped: 'Gluewright.ApprovalStopped',
      final: 'Gluewright.Rejected',
    },
  },
} as const satisfies TaskKind<ApprovalWork>;

function decided({ approve, by, note, at }: Decision, message: string): EndState {
  if (!approve) return { is: 'failed', says: 'rejected', message, final: true };
  const output = { approvedBy: by, approvedAt: new Date(at).toISOString(), note: note ?? '' };
  return { is: 'succeeded', says: 'approved', message, output };
}
