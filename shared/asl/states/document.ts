import { taskStatuses } from '../../model/join-rule.ts';
import { scores, scoresByStatus } from '../../model/score.ts';
import { endings } from '../../tasks/errors.ts';
import type { KindName } from '../../tasks/kinds.ts';

/**
 * The state document is `{above?, tasks}`, both maps from keys (`keys.ts`) to scores or, where an output is read, to
 * outcomes. `tasks` holds what the branch itself has come to, and is what the branch returns. `above` holds what the branch
 * was given and what its gates brought. Both carry only what later states read.
 *
 * Two keys of `tasks` are always there: `_total`, the score of all tasks, and `_lost`, the errors that the ledger cannot know.
 * They are no names of tasks, which begin with a letter, and no operators: some JSONata engines read a quoted `*` as a wildcard.
 *
 * Everything here makes JSONata. Our own expressions never fail, since nothing catches an error in a Choice or a Pass.
 * Users' expressions are evaluated in Task states only.
 */
export type Place = 'tasks' | 'above';

export const total = '_total';
export const lost = '_lost';

/** What the document of a branch begins with. */
export const noTasks = { [total]: 0, [lost]: {} };

/** Variables that the first state of each machine assigns. `$endings`: outcomes by the errors that mean them. */
export function variables(kinds: readonly KindName[]) {
  return {
    hard: scoresByStatus(taskStatuses, scores.failed),
    soft: scoresByStatus(taskStatuses, scores.tolerated),
    endings: endings(kinds),
  };
}

export function expression(text: string): string {
  return `{% ${text} %}`;
}

export function quoted(text: string): string {
  return `'${text}'`;
}

export function path(key: string, place: Place): string {
  return `$states.input.${place}.\`${key}\``;
}

/** The score of an outcome, which is undefined where the outcome is. */
export function scoreOf(outcome: string, tolerate: boolean): string {
  return `$lookup(${tolerate ? '$soft' : '$hard'},${outcome}.status)`;
}

export function sum(terms: readonly string[]): string {
  return `$sum(${list(terms)})`;
}

export function list(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}

export function object(entries: readonly (readonly [key: string, value: string])[]): string {
  return `{${entries.map(([key, value]) => `${quoted(key)}:${value}`).join(',')}}`;
}

/** The document with other tasks. The last state of a branch returns only its tasks. */
export function documentWith(tasks: string, last: boolean): string {
  return last ? `{'tasks':${tasks}}` : `{'above':$states.input.above,'tasks':${tasks}}`;
}

/** The outcomes known before a branch that it is given: by key, the path. */
export function handedDown(known: readonly (readonly [key: string, value: string])[]): string {
  if (known.length <= 2) return object(known);
  const all = '$merge([$states.input.above,$states.input.tasks])';
  return `$sift(${all},function($v,$k){$k in ${list(known.map(([key]) => quoted(key)))}})`;
}
