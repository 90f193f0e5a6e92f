import type * as z from 'zod/mini';
import type { kinds } from '../../tasks/kinds.ts';
import type * as schema from './schema.ts';

/** The pipeline file as TypeScript: the same keys, values and checks, with names that the compiler knows. */
export type PipelineDefinition<T extends string = string, P extends string = string> = Omit<
  z.input<typeof schema.pipelineFile>,
  'tasks' | 'params'
> & {
  readonly params?: { readonly [K in P]: z.input<typeof schema.param> };
  readonly tasks: { readonly [K in T]: TaskDefinition<NoInfer<string extends T ? string : Exclude<T, K>>> };
};

export type TaskDefinition<Upstream extends string = string> = Omit<z.input<typeof schema.commonFields>, 'after'> & {
  /** Tasks of the same pipeline. */
  readonly after?: Upstream | readonly Upstream[];
} & KindFields;

/** Exactly one kind's own fields. */
type KindFields = {
  [K in keyof typeof kinds]: z.input<z.ZodMiniObject<(typeof kinds)[K]['file']['fields']>>;
}[keyof typeof kinds];

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
