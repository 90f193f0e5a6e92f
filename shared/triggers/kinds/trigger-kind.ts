import type * as z from 'zod/mini';
import type { JsonObject } from '../../json.ts';
import type { ParamType, Pipeline } from '../../model/pipeline.ts';
import type { Trigger } from '../../model/trigger.ts';
import type { Path, Report } from '../../reading/finding.ts';
import type { Nearest } from '../../reading/nearest.ts';

/** What a trigger's check knows about the rest of its file. */
export type Around = {
  readonly pipeline: string | undefined;
  /** Every parameter that the file names; undefined: its type could not be read. */
  readonly params: ReadonlyMap<string, ParamType | undefined>;
  /** Datasets that tasks of this pipeline publish. */
  readonly publishes: ReadonlySet<string>;
  /** Paths begin at the trigger. */
  readonly report: Report;
  readonly nearest: Nearest;
};

/** Something outside the pipeline that a trigger waits for, and that the project may lack. */
export type Awaited = {
  readonly kind: 'pipeline' | 'dataset';
  readonly name: string;
  /** Where the trigger names it. */
  readonly path: Path;
};

/** What a trigger names on AWS. */
export type Use = { readonly what: 'bucket' | 'glue-job'; readonly name: string };

/** How a run of one pipeline starts a run of another. `certain`: false if it is guessed from an argument's name. */
export type Start = { readonly by: string; readonly certain: boolean };

/** Distinct descriptions of intervals. Datasets with equal descriptions can be joined. Undefined: unknown. */
export type Intervals = readonly string[] | undefined;

/** Looks up the intervals of others, for triggers that pass an interval on. */
export type IntervalSources = {
  ofDataset(name: string): Intervals;
  ofPipeline(name: string): Intervals;
};

/**
 * Everything that the rest of the system needs to know about a kind of trigger. One file for each kind, and one line
 * in `kinds.ts`. `W` is the trigger as the file writes it, `T` the checked trigger with its defaults.
 */
export type TriggerKind<T extends Trigger, W> = {
  /** Keys in the file. The kind's own key is among them, and no other kind has it. */
  readonly schema: z.ZodMiniObject;
  read(written: W): T;
  /** Checks that a schema cannot make. Returns the parameters that the trigger gives values to. */
  check(written: W, around: Around): readonly string[];
  /** `caller`: whoever asks for the run gives parameters and interval. */
  readonly from: 'trigger' | 'caller';
  /** Whether its runs are for an interval. */
  givesInterval(trigger: T): boolean;
  readonly remedies: {
    /** For a parameter that has no value. */
    param(name: string): string;
    /** For an interval that is read and not given. `param`: a parameter that could be read instead. */
    interval(param: string): string;
  };
  waitsFor(trigger: T): readonly Awaited[];
  /** Undefined: runs of `from` do not set it off. */
  startedBy(trigger: T, from: Pipeline): Start | undefined;
  intervals(trigger: T, sources: IntervalSources): Intervals;
  uses(trigger: T): readonly Use[];
  /** The trigger with a stage's names for buckets and jobs. */
  renamed(trigger: T, nameOf: (use: Use) => string): T;
  /** The event pattern of a rule of its own, on AWS and on the embedded bus. Undefined: it needs none. */
  wakes(trigger: T): JsonObject | undefined;
  /** What starts the run, for people. */
  words(trigger: T): string;
};
