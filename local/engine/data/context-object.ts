import type { JsonObject } from '../../../shared/json.ts';
import type { Frame } from '../frames/execution.ts';
import { parentOf, stateOf, type Turn } from '../frames/turn.ts';

export type ContextExtras = { readonly token?: string | undefined; readonly item?: JsonObject | undefined };

/** `$$` and `$states.context`. `item` is given when a Map evaluates an item that has no frame yet. */
export function contextObject(turn: Turn, frame: Frame, extras: ContextExtras = {}): JsonObject {
  const { execution } = turn;
  const { machine } = execution;
  const item = extras.item ?? mapItemOf(turn, frame);
  const around = {
    ...(item !== undefined && { Map: { Item: item } }),
    ...(extras.token !== undefined && { Task: { Token: extras.token } }),
  };
  if (turn.tools.context !== undefined) return { ...turn.tools.context, ...around };
  const retries = frame.retries.reduce((sum, count) => sum + count, 0);
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.inputValue,
      StartTime: new Date(execution.startedAt).toISOString(),
      Name: execution.name,
      RoleArn: machine.roleArn,
      RedriveCount: execution.redriveCount,
      ...(execution.redrivenAt !== undefined && { RedriveTime: new Date(execution.redrivenAt).toISOString() }),
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    State: {
      Name: frame.state,
      EnteredTime: new Date(frame.enteredAt).toISOString(),
      ...(canRetry(turn, frame) && { RetryCount: retries }),
    },
    ...around,
  };
}

function canRetry(turn: Turn, frame: Frame): boolean {
  return ['Task', 'Parallel', 'Map'].includes(stateOf(turn, frame).type);
}

/**
 * The item of the innermost Map around the frame. In a distributed Map's child execution, the item that it was started
 * for.
 */
function mapItemOf(turn: Turn, frame: Frame): JsonObject | undefined {
  for (let inner = frame; ; ) {
    const parent = parentOf(turn, inner);
    if (parent === undefined) return turn.execution.mapItem;
    const items = parent.phase.kind === 'children' ? parent.documents.data : undefined;
    if (stateOf(turn, parent).type === 'Map' && Array.isArray(items)) {
      return { Index: inner.index, Value: items[inner.index] ?? null };
    }
    inner = parent;
  }
}
