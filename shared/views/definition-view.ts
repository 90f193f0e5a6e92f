import * as z from 'zod/mini';
import { graphLayoutView } from './graph-layout-view.ts';
import { paramView, runRulesView, taskNode } from './pipeline-view.ts';
import { listOf } from './shapes.ts';

/** What a run was started with. */
export const definitionView = z.object({
  run: z.string(),
  pipeline: z.string(),
  /** False: nobody noted what it was, or it is not started yet, and this is what there is now. */
  exact: z.boolean(),
  /** The pipeline has other tasks by now, or the same otherwise. */
  changed: z.boolean(),
  description: z.exactOptional(z.string()),
  params: listOf(paramView),
  tasks: listOf(taskNode),
  runs: runRulesView,
  layout: graphLayoutView,
});
export type DefinitionView = z.output<typeof definitionView>;
