import { isJsonObject } from '../../../../shared/json.ts';
import { evaluate } from '../../data/evaluate.ts';
import { fill, selectedInput } from '../../data/path-data.ts';
import type { StateDefinition } from '../../definition/program.ts';
import type { Frame } from '../../frames/execution.ts';
import type { Turn } from '../../frames/turn.ts';

/** The role in `Credentials` for a task's call. Locally it only appears in the history. */
export async function taskCredentials(turn: Turn, frame: Frame, state: StateDefinition): Promise<string | undefined> {
  const { Credentials } = state.fields;
  if (Credentials === undefined) return undefined;
  const given =
    state.language === 'JSONata'
      ? await evaluate(turn, frame, Credentials, 'Credentials', {})
      : fill(turn, frame, Credentials, selectedInput(turn, frame, state));
  const role = isJsonObject(given) ? given.RoleArn : undefined;
  return typeof role === 'string' ? role : undefined;
}
