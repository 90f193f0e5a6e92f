import * as z from 'zod/mini';
import { listOf } from '../shapes.ts';
import { paramView, runRulesView, taskNode } from './pipeline-view.ts';

/** The definition that a run was started with. */
export const definitionView = z.object({
  run: z.string(),
  pipeline: z.string(),
  /** False: it is the current definition, because the run has not started or its own was not kept. */
  exact: z.boolean(),
  /** The pipeline has changed its tasks since. */
  changed: z.boolean(),
  description: z.exactOptional(z.string()),
  params: listOf(paramView),
  tasks: listOf(taskNode),
  runs: runRulesView,
});
export type DefinitionView = z.output<typeof definitionView>;
