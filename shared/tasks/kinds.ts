import type { Work } from '../model/pipeline.ts';
import { glueJob } from './glue-job.ts';
import type { TaskKind } from './task-kind.ts';

/** Every kind of task, by the key that names it in a pipeline file. */
export const kinds = {
  'glue-job': glueJob,
} as const satisfies { readonly [K in Work['kind']]: TaskKind<Extract<Work, { kind: K }>> };

export function kindOf(name: Work['kind']): TaskKind<Work> {
  return kinds[name];
}

/** The kinds that a task names: exactly one, if it is right. */
export function kindsIn(task: object): Work['kind'][] {
  return Object.keys(kinds)
    .filter(isKind)
    .filter((kind) => Object.hasOwn(task, kind));
}

function isKind(name: string): name is Work['kind'] {
  return Object.hasOwn(kinds, name);
}
