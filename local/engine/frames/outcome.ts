import type { Json, JsonObject } from '../../../shared/json.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from './execution.ts';
import type { Turn } from './turn.ts';

/** What a state's work comes to: it stays until a signal comes or its children have ended, or it is left. Failures are thrown. */
export type Outcome = { readonly kind: 'stay' } | Exit;

export type Exit = {
  readonly kind: 'exit';
  readonly output: Json;
  readonly assigned?: JsonObject | undefined;
  /** Absent: the scope ends here. */
  readonly next: string | undefined;
};

export const stay: Outcome = { kind: 'stay' };

/** One state type's work. A retry does it again; the entry is recorded before, and once. */
export type StateWork = (turn: Turn, frame: Frame, state: StateDefinition) => Outcome | Promise<Outcome>;
