import { numberField } from '../data/number-field.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../run/execution.ts';
import type { Turn } from '../run/turn.ts';

export type TaskTimes = { readonly timeoutSeconds: number | undefined; readonly heartbeatSeconds: number | undefined };

export const noTimes: TaskTimes = { timeoutSeconds: undefined, heartbeatSeconds: undefined };

export function hasTimes({ fields }: StateDefinition): boolean {
  return ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'].some(
    (name) => fields[name] !== undefined,
  );
}

/** `TimeoutSeconds` and `HeartbeatSeconds`, in each of their forms. */
export async function taskTimes(turn: Turn, frame: Frame, state: StateDefinition): Promise<TaskTimes> {
  return {
    timeoutSeconds: await numberField(turn, frame, state, 'TimeoutSeconds'),
    heartbeatSeconds: await numberField(turn, frame, state, 'HeartbeatSeconds'),
  };
}
