import { numberField } from '../../data/number-field.ts';
import { outOfRange } from '../../data/out-of-range.ts';
import type { StateDefinition } from '../../definition/program.ts';
import type { Frame } from '../../frames/execution.ts';
import type { Turn } from '../../frames/turn.ts';

export type TaskTimes = { readonly timeoutSeconds: number | undefined; readonly heartbeatSeconds: number | undefined };

export const noTimes: TaskTimes = { timeoutSeconds: undefined, heartbeatSeconds: undefined };

export function hasTimes({ fields }: StateDefinition): boolean {
  return timeFields.some((name) => fields[name] !== undefined);
}

const timeFields = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];

/** `TimeoutSeconds` and `HeartbeatSeconds`, in all their forms. */
export async function taskTimes(turn: Turn, frame: Frame, state: StateDefinition): Promise<TaskTimes> {
  return {
    timeoutSeconds: await seconds(turn, frame, state, 'TimeoutSeconds'),
    heartbeatSeconds: await seconds(turn, frame, state, 'HeartbeatSeconds'),
  };
}

/** The States Language requires a positive integer. The wording is AWS's for `MaxConcurrency`. */
async function seconds(turn: Turn, frame: Frame, state: StateDefinition, name: string): Promise<number | undefined> {
  const value = await numberField(turn, frame, state, name);
  if (value === undefined || value > 0) return value;
  throw outOfRange(state, name, `Expected positive integer for ${name}, but got '${value}' instead.`);
}
