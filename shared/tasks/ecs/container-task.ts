import type { TaskStopCode } from '@aws-sdk/client-ecs';
import * as z from 'zod/mini';
import { readEvent } from '../../events/read-event.ts';
import { present } from '../../json.ts';
import { NotBegun } from '../kind/not-begun.ts';
import type { EndState, SeenWork, WorkEnd, WorkEvent, WorkState } from '../kind/work-state.ts';

/** What it means that a task stopped for this reason. `exit`: the container's exit code says. */
const meanings = {
  EssentialContainerExited: 'exit',
  UserInitiated: 'stopped',
  TaskFailedToStart: 'failed',
  SpotInterruption: 'failed',
  TerminationNotice: 'failed',
  InfrastructureHealth: 'failed',
  ServiceSchedulerInitiated: 'failed',
} as const satisfies Record<TaskStopCode, WorkEnd | 'exit'>;

/** What the answer of `DescribeTasks` and the event have in common. */
const taskFields = {
  lastStatus: z.optional(z.string()),
  desiredStatus: z.optional(z.string()),
  stopCode: z.optional(z.string()),
  stoppedReason: z.optional(z.string()),
  containers: z.optional(
    z.array(
      z.object({ name: z.optional(z.string()), exitCode: z.optional(z.number()), reason: z.optional(z.string()) }),
    ),
  ),
};
const task = z.object({
  ...taskFields,
  createdAt: z.optional(z.date()),
  startedAt: z.optional(z.date()),
  stoppedAt: z.optional(z.date()),
});
type Task = Pick<z.output<typeof task>, keyof typeof taskFields>;

/** A state that is not known is open: only a stopped task has ended. */
function stateOf(seen: Task, container: string | undefined): WorkState | undefined {
  const { lastStatus: says, desiredStatus } = seen;
  if (says === undefined) return undefined;
  if (says === 'STOPPED') return endOf(seen, container);
  return { is: 'open', says, ...(desiredStatus === 'STOPPED' ? { stopping: true } : {}) };
}

/** @param container the one whose exit code decides. Absent: each must exit with 0 */
function endOf({ stopCode, stoppedReason, containers = [] }: Task, container: string | undefined): EndState {
  const says = stopCode ?? 'STOPPED';
  // a task of old platforms has no code; a code that is not known is no success
  const is =
    Object.entries(meanings).find(([code]) => code === says)?.[1] ?? (stopCode === undefined ? 'exit' : 'failed');
  if (is !== 'exit') return { is, says, ...present({ message: stoppedReason }) };
  const own = containers.filter(({ name }) => name === container);
  const deciding = own.length === 0 ? containers : own;
  const failed = deciding.find(({ exitCode }) => exitCode !== 0);
  if (failed === undefined && deciding.length > 0) return { is: 'succeeded', says };
  const { name = 'the container', exitCode, reason = stoppedReason } = failed ?? {};
  const what = exitCode === undefined ? `${name} has no exit code` : `${name} exited with ${exitCode}`;
  return { is: 'failed', says, message: reason === undefined ? what : `${what}: ${reason}` };
}

const described = z.object({
  tasks: z.optional(z.array(task)),
  failures: z.optional(z.array(z.object({ reason: z.optional(z.string()) }))),
});

/** The answer of `DescribeTasks` about one task. */
export function readTask(given: unknown, id: string, container: string | undefined): SeenWork | 'gone' | undefined {
  const { tasks: [seen] = [], failures = [] } = described.parse(given);
  if (seen === undefined) return failures.some(({ reason }) => reason === 'MISSING') ? 'gone' : undefined;
  const state = stateOf(seen, container);
  if (state === undefined) return undefined;
  const [startedOn, completedOn] = [(seen.startedAt ?? seen.createdAt)?.getTime(), seen.stoppedAt?.getTime()];
  const executionSeconds =
    startedOn === undefined || completedOn === undefined ? undefined : (completedOn - startedOn) / 1_000;
  return { id, state, times: present({ startedOn, completedOn, executionSeconds }) };
}

const started = z.object({
  tasks: z.optional(z.array(z.object({ taskArn: z.string() }))),
  failures: z.optional(z.array(z.object({ reason: z.optional(z.string()), detail: z.optional(z.string()) }))),
});

/** `RESOURCE:MEMORY` and the like, an agent that is not connected, or the words in which Fargate says it. */
const capacity = /^RESOURCE|^AGENT$|capacity|limit on the number/i;

/** The answer of `RunTask`: its task, or why ECS could not place it. @throws {NotBegun} */
export function idOfTask(given: unknown): string {
  const { tasks: [begun] = [], failures: [failure] = [] } = started.parse(given);
  if (begun !== undefined) return begun.taskArn;
  if (failure === undefined) throw new Error('the answer of RunTask has no task and no failure');
  const { reason = 'not placed', detail } = failure;
  throw new NotBegun('RunTask', detail === undefined ? reason : `${reason}: ${detail}`, capacity.test(reason));
}

const event = z.object({
  'detail-type': z.literal('ECS Task State Change'),
  source: z.literal('aws.ecs'),
  detail: z.object({ ...taskFields, taskArn: z.string(), taskDefinitionArn: z.string(), lastStatus: z.string() }),
});

/** @throws {UnreadableEvent} */
export function readTaskStateChange(given: unknown): WorkEvent {
  const { taskArn, taskDefinitionArn, ...seen } = readEvent(event, given).detail;
  const state = stateOf(seen, undefined) ?? { is: 'open', says: seen.lastStatus };
  return { name: familyOf(tailOf(taskDefinitionArn)), id: taskArn, state };
}

/** The name of a definition without its revision. */
export function familyOf(definition: string): string {
  return definition.replace(/:\d+$/, '');
}

/** `task/CLUSTER/ID` in an ARN. The short form, without the cluster, is of the cluster `default`. */
export function partsOf(taskArn: string): { readonly cluster: string; readonly task: string } {
  const [first = '', second] = tailOf(taskArn).split('/');
  return second === undefined ? { cluster: 'default', task: first } : { cluster: first, task: second };
}

function tailOf(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}
