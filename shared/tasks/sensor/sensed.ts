import type { WorkCall } from '../../calls/own-call.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Finding } from '../../reading/finding.ts';
import type { Use } from '../kind/task-kind.ts';

/** What a sensor waits for, before or after its expressions are evaluated. */
export type Sensed = {
  /** For people. */
  readonly name: string;
  /** What the expressions returned, and what they should return. */
  readonly given: Json;
  readonly wanted: string;
  /** Undefined: the expressions name nothing to look for. */
  readonly look: WorkCall | undefined;
  /** Undefined: it is not there yet. */
  found(answer: unknown): Found | undefined;
  readonly uses: readonly Use[];
  /** A mistake that a schema cannot find. Paths begin at the task. */
  readonly mistake?: Mistake;
};

export type Found = { readonly name: string; readonly output: JsonObject };
export type Mistake = Pick<Finding, 'path' | 'code' | 'message' | 'remedy'>;
