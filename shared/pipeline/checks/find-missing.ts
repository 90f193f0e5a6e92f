import type { Pipeline } from '../../model/pipeline.ts';
import { Nearest } from '../../reading/nearest.ts';
import { triggerKind } from '../../triggers/kinds/kinds.ts';
import type { Awaited } from '../../triggers/kinds/trigger-kind.ts';

/** Something a trigger waits for that the project lacks. `meant`: a similar name. */
export type Missing = Awaited & {
  readonly pipeline: string;
  readonly trigger: string;
  readonly meant: string | undefined;
};

/** Missing pipelines, and datasets that no task publishes. Another project of the account may have them. */
export function findMissing(pipelines: readonly Pipeline[]): Missing[] {
  const nearest = new Nearest();
  const known = {
    pipeline: new Set(pipelines.map(({ name }) => name)),
    dataset: new Set(pipelines.flatMap(({ tasks }) => tasks.flatMap(({ publishes }) => publishes))),
  };
  return pipelines.flatMap(({ name: pipeline, triggers }) =>
    Object.entries(triggers).flatMap(([trigger, each]) =>
      triggerKind(each.kind)
        .waitsFor(each)
        .filter(({ kind, name }) => !known[kind].has(name))
        .map((awaited) => ({
          ...awaited,
          pipeline,
          trigger,
          meant: nearest.of(awaited.name, known[awaited.kind], pipeline),
        })),
    ),
  );
}
