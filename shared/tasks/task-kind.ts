import type * as z from 'zod/mini';
import type { Value, Work } from '../model/pipeline.ts';
import type { Report } from '../reading/finding.ts';

/** What the pipeline file and its checks need to know of a kind of task. One file and one line of `kinds.ts` each. */
export type TaskKind<W extends Work> = {
  /** By their names in the file. The kind's own key is among them, and no other kind has it. */
  readonly fields: Readonly<Record<string, z.ZodMiniType>>;
  /** Names of the fields whose strings may be expressions. */
  readonly expressions: readonly string[];
  /** Undefined: the fields are not what {@link fields} says; that has been reported then. */
  read(task: unknown): W | undefined;
  /** The same values as those of {@link expressions}, as they are in the work. */
  values(work: W): Value;
  /** Undefined: it may have an output. Otherwise why it has none. */
  noOutput(work: W): string | undefined;
  /** What a schema cannot say. Paths begin at the task. `timeoutSeconds` is undefined where none was written. */
  check(work: W, timeoutSeconds: number | undefined, report: Report): void;
};
