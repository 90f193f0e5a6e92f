import type { StepState } from '@aws-sdk/client-emr';
import * as z from 'zod/mini';
import { readEvent } from '../../events/read-event.ts';
import { present } from '../../json.ts';
import { meaningOf } from '../kind/meaning-of.ts';
import type { Page, SeenWork, WorkEnd, WorkEvent, WorkState } from '../kind/work-state.ts';

/** The meaning of a step's state. A step is interrupted if its cluster ends. */
const meanings = {
  PENDING: 'open',
  CANCEL_PENDING: 'open',
  RUNNING: 'open',
  COMPLETED: 'succeeded',
  CANCELLED: 'stopped',
  FAILED: 'failed',
  INTERRUPTED: 'failed',
} as const satisfies Record<StepState, WorkEnd | 'open'>;

function stateOf(says: string, message: string | undefined): WorkState {
  const is = meaningOf(meanings, says);
  if (is === 'open') return { is, says, ...(says === 'CANCEL_PENDING' ? { stopping: true } : {}) };
  return { is, says, ...(is === 'succeeded' ? {} : present({ message })) };
}

const step = z.object({
  Id: z.string(),
  Name: z.optional(z.string()),
  Status: z.object({
    State: z.string(),
    StateChangeReason: z.optional(z.object({ Message: z.optional(z.string()) })),
    FailureDetails: z.optional(
      z.object({
        Reason: z.optional(z.string()),
        Message: z.optional(z.string()),
        LogFile: z.optional(z.string()),
      }),
    ),
    Timeline: z.optional(
      z.object({
        CreationDateTime: z.optional(z.date()),
        StartDateTime: z.optional(z.date()),
        EndDateTime: z.optional(z.date()),
      }),
    ),
  }),
});
type Step = z.output<typeof step>;

function seen({ Id: id, Status }: Step): SeenWork {
  const { State, StateChangeReason, FailureDetails: failed, Timeline } = Status;
  const log = failed?.LogFile === undefined ? undefined : `log: ${failed.LogFile}`;
  const parts = [failed?.Reason ?? StateChangeReason?.Message, failed?.Message, log].filter((part) => part);
  const { CreationDateTime, StartDateTime, EndDateTime } = Timeline ?? {};
  const [started, ended] = [StartDateTime?.getTime(), EndDateTime?.getTime()];
  return {
    id,
    state: stateOf(State, parts.length === 0 ? undefined : parts.join('; ')),
    times: present({
      startedOn: started ?? CreationDateTime?.getTime(),
      completedOn: ended,
      executionSeconds: started === undefined || ended === undefined ? undefined : (ended - started) / 1_000,
    }),
  };
}

const described = z.object({ Step: z.optional(step) });

/** The answer of `DescribeStep`. */
export function readStep(answer: unknown): SeenWork | undefined {
  const found = described.parse(answer).Step;
  return found === undefined ? undefined : seen(found);
}

const listed = z.object({ Steps: z.optional(z.array(step)), Marker: z.optional(z.string()) });

/** The answer of `ListSteps`, newest first. @param since no step of the attempt is older */
export function readSteps(answer: unknown, name: string, since: number): Page<SeenWork> {
  const { Steps = [], Marker: next } = listed.parse(answer);
  const young = Steps.filter(({ Status }) => (Status.Timeline?.CreationDateTime?.getTime() ?? since) >= since);
  const items = young.filter(({ Name }) => Name === name).map(seen);
  return { items, ...(young.length < Steps.length ? {} : present({ next })) };
}

const event = z.object({
  'detail-type': z.literal('EMR Step Status Change'),
  source: z.literal('aws.emr'),
  detail: z.object({
    stepId: z.string(),
    clusterId: z.string(),
    state: z.string(),
    message: z.optional(z.string()),
  }),
});

/** @throws {UnreadableEvent} */
export function readStepStatusChange(given: unknown): WorkEvent {
  const { stepId, clusterId, state, message } = readEvent(event, given).detail;
  return { name: clusterId, id: stepId, state: stateOf(state, message) };
}
