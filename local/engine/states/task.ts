import type { Json } from '../../../shared/json.ts';
import { jsonText } from '../data/json-text.ts';
import { exitWith, workInput } from '../data/state-data.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { EventDetails } from '../history/history-event.ts';
import type { CallOrder } from '../run/command.ts';
import type { Frame, TaskPhase } from '../run/execution.ts';
import { FailedTry } from '../run/failed-try.ts';
import { type Outcome, type StateWork, stay } from '../run/outcome.ts';
import { record, type Turn } from '../run/turn.ts';
import { taskCredentials } from './task-credentials.ts';
import { taskEvent } from './task-events.ts';
import { parseResource } from './task-resource.ts';
import { taskTimes } from './task-times.ts';
import { taskToken } from './task-token.ts';

/** Schedules the call. What comes of it is told by signals. */
export const task: StateWork = async (turn, frame, state) => {
  const resource = parseResource(resourceOf(state));
  const token = taskToken({ executionArn: turn.execution.arn, frame: frame.id, try: turn.tools.uuid() });
  const shown = resource.kind === 'service' && resource.pattern === 'token' ? { token } : {};
  const given = await workInput(turn, frame, state, shown);
  const { timeoutSeconds, heartbeatSeconds } = await taskTimes(turn, frame, state);
  const credentials = await taskCredentials(turn, frame, state);
  frame.documents = { ...frame.documents, data: given };
  frame.phase = {
    kind: 'task',
    token,
    submitted: false,
    ...(timeoutSeconds !== undefined && { timeoutSeconds, timeoutAt: turn.now + timeoutSeconds * 1000 }),
    ...(heartbeatSeconds !== undefined && { heartbeatSeconds, heartbeatAt: turn.now + heartbeatSeconds * 1000 }),
  };
  const times = {
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  };
  const role = credentials === undefined ? {} : { taskCredentials: { roleArn: credentials } };
  if (resource.kind === 'service') {
    const parameters = jsonText(given);
    tell(turn, frame, state, 'Scheduled', { parameters, region: turn.tools.region, ...times, ...role });
  } else {
    tell(turn, frame, state, 'Scheduled', { resource: resourceOf(state), input: jsonText(given), ...times, ...role });
  }
  if (resource.kind !== 'activity') tell(turn, frame, state, 'Started', {});
  turn.commands.push({ kind: 'call', frame: frame.id, call: callOf(state, frame, frame.phase) });
  return stay;
};

export function resourceOf(state: StateDefinition): string {
  const { Resource } = state.fields;
  return typeof Resource === 'string' ? Resource : '';
}

/** The call as it was scheduled: also what is called again after a restart, and what is cancelled. */
export function callOf(state: StateDefinition, frame: Frame, phase: TaskPhase): CallOrder {
  return {
    token: phase.token,
    resource: resourceOf(state),
    arguments: frame.documents.data ?? null,
    stateName: state.name,
    ...(phase.timeoutSeconds !== undefined && { timeoutSeconds: phase.timeoutSeconds }),
    ...(phase.heartbeatSeconds !== undefined && { heartbeatSeconds: phase.heartbeatSeconds }),
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

export async function taskSucceeded(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  output: Json,
  text: string | undefined,
): Promise<Outcome> {
  tell(turn, frame, state, 'Succeeded', { output: text ?? jsonText(output) });
  return await exitWith(turn, frame, state, output);
}

/** A time-out of the state, or of its heartbeat, which AWS names the same; its guide says `States.HeartbeatTimeout`. */
export function timeOut(turn: Turn, frame: Frame, state: StateDefinition, phase: TaskPhase): FailedTry {
  turn.commands.push({ kind: 'cancel', frame: frame.id, call: callOf(state, frame, phase) });
  const error = 'States.Timeout';
  tell(turn, frame, state, 'TimedOut', { error });
  frame.phase = { kind: 'failed' };
  const late = phase.timeoutAt !== undefined && turn.now >= phase.timeoutAt;
  return new FailedTry({ error, ...(!late && { alias: 'States.HeartbeatTimeout' }) });
}
