import type { JsonObject } from '../../../shared/json.ts';
import type { Frame } from '../frames/execution.ts';
import { parentOf, type Turn } from '../frames/turn.ts';

/** All variables that a frame can see: its own and those of the frames around it. */
export function variablesOf(turn: Turn, frame: Frame): JsonObject {
  const parent = parentOf(turn, frame);
  if (parent === undefined) return frame.documents.variables;
  const outer = variablesOf(turn, parent);
  const own = frame.documents.variables;
  return Object.keys(own).length === 0 ? outer : { ...outer, ...own };
}
