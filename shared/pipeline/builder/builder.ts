import type { Json } from '../../json.ts';
import type { ParamFields, PipelineFields, TaskFields, TriggerFields } from './builder-fields.ts';
import type { Expression } from './builder-texts.ts';
import type { KindFields } from './kind-fields.ts';

export type { Duration, Expression } from './builder-texts.ts';

/** The pipeline file as TypeScript: the same keys, values and checks, with names that the compiler knows. */
export type PipelineDefinition<T extends string = string, P extends string = string> = PipelineFields & {
  /** What differs from run to run, read as `$params.NAME`. */
  readonly params?: { readonly [K in P]: ParamDefinition };
  /** What starts runs. */
  readonly triggers?: { readonly [name: string]: TriggerFields };
  /** What runs: each task by its name. */
  readonly tasks: { readonly [K in T]: TaskDefinition<NoInfer<string extends T ? string : Exclude<T, K>>> };
};

/** A parameter. Its default has its type, or is an expression over `$interval` and `$run`. */
export type ParamDefinition = ParamFields &
  {
    [K in keyof ParamValues]: {
      /** What its values are; `date` is a text such as `2026-11-22`. */
      readonly type: K;
      /** Where no trigger gives a value; may be an expression over `$interval` and `$run`. */
      readonly default?: ParamValues[K] | Expression;
    };
  }[keyof ParamValues];

type ParamValues = {
  string: string;
  integer: number;
  number: number;
  boolean: boolean;
  date: string;
  object: { readonly [name: string]: Json };
  array: readonly Json[];
};

export type TaskDefinition<Upstream extends string = string> = Omit<TaskFields, 'after'> & {
  /** Tasks of the same pipeline that it waits for. */
  readonly after?: Upstream | readonly Upstream[];
} & KindFields;

/** Names of upstream tasks, or `string` if some are computed. */
type AwaitedNames<Task> = Task extends { readonly after: infer A } ? (A extends readonly (infer N)[] ? N : A) : never;

/**
 * A pipeline that a module in `statemachines/` exports by default, alone or in a list. `readPipelineValue` checks
 * what types cannot, such as cycles and expressions, when the module is read.
 */
export function pipeline<const T extends string, const P extends string = never>(
  definition: PipelineDefinition<T, P>,
): PipelineDefinition<T, P>;
/** For tasks made in a loop. The compiler does not know their names, so `after` is checked when the module is read. */
export function pipeline<const D extends PipelineDefinition>(
  definition: D & (string extends AwaitedNames<D['tasks'][keyof D['tasks']]> ? unknown : never),
): PipelineDefinition;
export function pipeline(definition: PipelineDefinition): PipelineDefinition {
  return definition;
}
