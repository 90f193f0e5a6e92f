import type { TaskStatusType } from '@aws-sdk/client-glue';
import * as z from 'zod/mini';
import { readEvent } from '../../events/read-event.ts';
import { present } from '../../json.ts';
import { meaningOf } from '../kind/meaning-of.ts';
import type { SeenWork, WorkEnd, WorkEvent, WorkState } from '../kind/work-state.ts';

/** The meaning of an evaluation's state. `SUCCEEDED` does not say that rules passed. */
const meanings = {
  STARTING: 'open',
  RUNNING: 'open',
  STOPPING: 'open',
  STOPPED: 'stopped',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMEOUT: 'timed_out',
} as const satisfies Record<TaskStatusType, WorkEnd | 'open'>;

/** The answer of `GetDataQualityRulesetEvaluationRun`. */
const evaluation = z.object({
  Status: z.optional(z.string()),
  ErrorString: z.optional(z.string()),
  StartedOn: z.optional(z.date()),
  CompletedOn: z.optional(z.date()),
  ExecutionTime: z.optional(z.number()),
  ResultIds: z.optional(z.array(z.string())),
});

/** The answer of `GetDataQualityResult`. */
const result = z.object({
  RuleResults: z.optional(
    z.array(
      z.object({
        Name: z.optional(z.string()),
        Description: z.optional(z.string()),
        EvaluationMessage: z.optional(z.string()),
        Result: z.optional(z.string()),
      }),
    ),
  ),
});

/** How many rules must pass, and what is said of fewer. */
export type Demand = { readonly score: number; readonly below: 'fail' | 'succeed' };

/** The result of an evaluation that has one. */
export function resultIn(answer: unknown): string | undefined {
  const { Status, ResultIds } = evaluation.parse(answer);
  return Status === 'SUCCEEDED' ? ResultIds?.[0] : undefined;
}

/** @param more the answer about the result. Absent: Glue does not show it yet */
export function readEvaluation(answer: unknown, id: string, demand: Demand, more: unknown): SeenWork | 'gone' {
  const { Status: says, ErrorString, StartedOn, CompletedOn, ExecutionTime } = evaluation.parse(answer);
  if (says === undefined) return 'gone';
  const is = meaningOf(meanings, says);
  const times = present({
    startedOn: StartedOn?.getTime(),
    completedOn: CompletedOn?.getTime(),
    executionSeconds: ExecutionTime,
  });
  if (is === 'open') return { id, state: { is, says, ...(says === 'STOPPING' ? { stopping: true } : {}) }, times };
  if (is !== 'succeeded') return { id, state: { is, says, ...present({ message: ErrorString }) }, times };
  return more === undefined ? 'gone' : { id, state: verdict(more, demand), times };
}

/** So many failed rules are told by name, and so many in a message. */
const most = { listed: 50, said: 3 };

function verdict(more: unknown, { score: least, below }: Demand): WorkState {
  const { RuleResults: rules = [] } = result.parse(more);
  // a rule that could not be evaluated has not passed
  const failed = rules.filter(({ Result }) => Result !== 'PASS');
  const count = rules.length - failed.length;
  const score = rules.length === 0 ? 1 : count / rules.length;
  const passed = score >= least;
  const texts = failed.map(({ Name = '', Description = Name, EvaluationMessage: why }) =>
    why === undefined ? Description : `${Description} (${why})`,
  );
  const ruled = `${count} of ${rules.length} rules passed`;
  const others = texts.length > most.said ? `, and ${texts.length - most.said} more` : '';
  const message = texts.length === 0 ? ruled : `${ruled}. Failed: ${texts.slice(0, most.said).join('; ')}${others}`;
  if (!passed && below === 'fail') return { is: 'failed', says: 'FAILED', message, final: true };
  const output = { passed, score, rules: rules.length, failed: texts.slice(0, most.listed) };
  return { is: 'succeeded', says: 'SUCCEEDED', message, output };
}

const event = z.object({
  'detail-type': z.literal('Data Quality Evaluation Results Available'),
  source: z.literal('aws.glue-dataquality'),
  detail: z.object({
    context: z.object({ runId: z.string() }),
    rulesetNames: z.array(z.string()).check(z.minLength(1)),
    state: z.string(),
  }),
});

/** The event's state is that of the rules; what it means for the task depends on the score. @throws {UnreadableEvent} */
export function readResultsAvailable(given: unknown): WorkEvent {
  const { context, rulesetNames, state } = readEvent(event, given).detail;
  return { name: rulesetNames[0] ?? '', id: context.runId, state: { is: 'succeeded', says: state } };
}
