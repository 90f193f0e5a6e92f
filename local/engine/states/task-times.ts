import type { Json } from '../../../shared/json.ts';
import { evaluate } from '../data/evaluate.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../run/execution.ts';
import type { Turn } from '../run/turn.ts';

export type TaskTimes = { readonly timeoutSeconds: number | undefined; readonly heartbeatSeconds: number | undefined };

/** `TimeoutSeconds` and `HeartbeatSeconds`, as numbers or expressions. */
export async function taskTimes(turn: Turn, frame: Frame, state: StateDefinition): Promise<TaskTimes> {
  const seconds = async (name: 'TimeoutSeconds' | 'HeartbeatSeconds'): Promise<number | undefined> => {
    const field: Json | undefined = state.fields[name];
    if (field === undefined) return undefined;
    const value = await evaluate(turn, frame, field, name, {});
    return typeof value === 'number' ? value : undefined;
  };
  return { timeoutSeconds: await seconds('TimeoutSeconds'), heartbeatSeconds: await seconds('HeartbeatSeconds') };
}
