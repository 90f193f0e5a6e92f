import type { Json } from '../../../../shared/json.ts';
import { jsonText } from '../../data/json-text.ts';
import { exitWith, workInput } from '../../data/state-data.ts';
import type { StateDefinition } from '../../definition/program.ts';
import type { CallOrder } from '../../frames/command.ts';
import type { Frame, TaskPhase } from '../../frames/execution.ts';
import { FailedTry } from '../../frames/failed-try.ts';
import { type Outcome, type StateWork, stay } from '../../frames/outcome.ts';
import { record, type Turn } from '../../frames/turn.ts';
import type { EventDetails } from '../../history/history-event.ts';
import { taskCredentials } from './task-credentials.ts';
import { taskEvent } from './task-events.ts';
import { parseResource, type TaskResource } from './task-resource.ts';
import { hasTimes, noTimes, type TaskTimes, taskTimes } from './task-times.ts';
import { taskToken } from './task-token.ts';

/** Schedules the call. Its results arrive as signals. */
export const task: StateWork = (turn, frame, state) => {
  const resource = parseResource(resourceOf(state));
  const token = tryToken(turn, frame, resource);
  const shown = resource.kind === 'service' && resource.pattern === 'token' ? { token } : {};
  const given = workInput(turn, frame, state, shown);
  if (!(given instanceof Promise) && !hasTimes(state) && state.fields.Credentials === undefined) {
    return schedule(turn, frame, state, { resource, token, given, ...noTimes, role: undefined });
  }
  return scheduleWith(turn, frame, state, { resource, token }, given);
};

type Try = TaskTimes & {
  readonly resource: TaskResource;
  readonly token: string;
  readonly given: Json;
  readonly role: string | undefined;
};

async function scheduleWith(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  identity: Pick<Try, 'resource' | 'token'>,
  input: Json | Promise<Json>,
): Promise<Outcome> {
  const given = await input;
  const times = hasTimes(state) ? await taskTimes(turn, frame, state) : noTimes;
  const role = await taskCredentials(turn, frame, state);
  return schedule(turn, frame, state, { ...identity, given, ...times, role });
}

function schedule(turn: Turn, frame: Frame, state: StateDefinition, tried: Try): Outcome {
  const { resource, token, given, timeoutSeconds, heartbeatSeconds, role } = tried;
  const phase: TaskPhase = {
    kind: 'task',
    token,
    submitted: false,
    timeoutSeconds,
    heartbeatSeconds,
    timeoutAt: timeoutSeconds === undefined ? undefined : turn.now + timeoutSeconds * 1000,
    heartbeatAt: heartbeatSeconds === undefined ? undefined : turn.now + heartbeatSeconds * 1000,
  };
  frame.documents = { input: frame.documents.input, variables: frame.documents.variables, data: given };
  frame.phase = phase;
  const limits = {
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
    ...(role !== undefined && { taskCredentials: { roleArn: role } }),
  };
  const what: EventDetails =
    resource.kind === 'service'
      ? { parameters: jsonText(given), region: turn.tools.region, ...limits }
      : { resource: resourceOf(state), input: jsonText(given), ...limits };
  tell(turn, frame, state, 'Scheduled', what);
  if (resource.kind !== 'activity') tell(turn, frame, state, 'Started', {});
  turn.commands.push({ kind: 'call', frame: frame.id, call: callOf(state, frame, phase) });
  return stay;
}

/** If nobody else sees the token and nothing is named after it, it only has to be unique among the tries. */
function tryToken({ execution, tools }: Turn, frame: Frame, resource: TaskResource): string {
  const shown =
    resource.kind === 'activity' ||
    (resource.kind === 'service' && (resource.pattern !== 'request' || resource.type === 'states'));
  if (!shown) return `${execution.arn}#${frame.id}#${execution.lastEvent}`;
  return taskToken({ executionArn: execution.arn, frame: frame.id, try: tools.uuid() });
}

export function resourceOf(state: StateDefinition): string {
  const { Resource } = state.fields;
  return typeof Resource === 'string' ? Resource : '';
}

/** The call as it was scheduled. It is also the call to repeat after a restart, and to cancel. */
export function callOf(state: StateDefinition, frame: Frame, phase: TaskPhase): CallOrder {
  return {
    token: phase.token,
    resource: resourceOf(state),
    arguments: frame.documents.data ?? null,
    stateName: state.name,
    timeoutSeconds: phase.timeoutSeconds,
    heartbeatSeconds: phase.heartbeatSeconds,
  };
}

export function tell(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  moment: Parameters<typeof taskEvent>[1],
  details: EventDetails,
): void {
  const event = taskEvent(parseResource(resourceOf(state)), moment, details);
  if (event !== undefined) record(turn, frame, event.type, event.details);
}

export function taskSucceeded(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  output: Json,
  text: string | undefined,
): Outcome | Promise<Outcome> {
  tell(turn, frame, state, 'Succeeded', { output: text ?? jsonText(output) });
  return exitWith(turn, frame, state, output);
}

/**
 * A time-out of the state or of its heartbeat. AWS uses one name for both, although its guide says
 * `States.HeartbeatTimeout`.
 */
export function timeOut(turn: Turn, frame: Frame, state: StateDefinition, phase: TaskPhase): FailedTry {
  turn.commands.push({ kind: 'cancel', frame: frame.id, call: callOf(state, frame, phase) });
  const error = 'States.Timeout';
  tell(turn, frame, state, 'TimedOut', { error });
  frame.phase = { kind: 'failed' };
  const late = phase.timeoutAt !== undefined && turn.now >= phase.timeoutAt;
  return new FailedTry({ error, ...(!late && { alias: 'States.HeartbeatTimeout' }) });
}
