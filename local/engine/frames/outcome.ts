import type { Json, JsonObject } from '../../../shared/json.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from './execution.ts';
import type { Turn } from './turn.ts';

/**
 * The result of a state's work: it stays until a signal arrives or its children have ended, or it exits. Failures are
 * thrown.
 */
export type Outcome = { readonly kind: 'stay' } | Exit;

export type Exit = {
  readonly kind: 'exit';
  readonly output: Json;
  readonly assigned?: JsonObject | undefined;
  /** Absent if the scope ends here. */
  readonly next: string | undefined;
};

export const stay: Outcome = { kind: 'stay' };

/** The work of one state type. A retry repeats it. The entry event is recorded once, before it. */
export type StateWork = (turn: Turn, frame: Frame, state: StateDefinition) => Outcome | Promise<Outcome>;
