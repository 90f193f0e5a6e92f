import { failedStatuses } from '../model/join-rule.ts';
import { endings } from '../tasks/errors.ts';
import type { KindName } from '../tasks/kinds.ts';

/**
 * The state document is `{above?, tasks}`, both maps from task names to outcomes. `tasks` holds the outcomes of the branch
 * itself, and is what the branch returns. `above` holds what the branch was given and what its gates brought.
 *
 * Everything here makes JSONata. Our own expressions never fail, since nothing catches an error in a Choice or a Pass.
 * Users' expressions are evaluated in Task states only.
 */
export type Place = 'tasks' | 'above';

/** Variables that the first state of each machine assigns. `$endings`: outcomes by the errors that mean them. */
export function variables(kinds: readonly KindName[]) {
  return { failed: [...failedStatuses], endings: endings(kinds) };
}

export function expression(text: string): string {
  return `{% ${text} %}`;
}

export function quoted(text: string): string {
  return `'${text}'`;
}

export function outcomePath(name: string, place: Place): string {
  return `$states.input.${place}.\`${name}\``;
}

export function list(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}

/** The document with other tasks. The last state of a branch returns only its tasks. */
export function documentWith(tasks: string, last: boolean): string {
  return expression(last ? `{'tasks':${tasks}}` : `{'above':$states.input.above,'tasks':${tasks}}`);
}

export function withOutcome(name: string, outcome: string): string {
  return `$merge([$states.input.tasks,{${quoted(name)}:${outcome}}])`;
}

/** The outcomes that a branch is given. */
export function handedDown(names: readonly string[], known: number): string {
  const all = '$merge([$states.input.above,$states.input.tasks])';
  if (names.length === 0) return '{}';
  if (names.length >= known) return all;
  return `$sift(${all},function($v,$k){$k in ${list(names.map(quoted))}})`;
}
