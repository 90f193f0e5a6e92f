import { taskStatuses } from '../../model/join-rule.ts';
import { scores, scoresByStatus } from '../../model/score.ts';
import { endings } from '../../tasks/errors.ts';
import type { KindName } from '../../tasks/kinds.ts';

/**
 * The state document is `{above?, tasks}`, both maps from keys (`keys.ts`) to scores or, where an output is read, to
 * outcomes. `tasks` holds the results of the branch itself, and the branch returns it. `above` holds the outcomes that the
 * branch received and those that its gates brought. Both carry only what later states read.
 *
 * `tasks` always has two keys: `_total`, the score of all tasks, and `_lost`, the errors that the ledger cannot know. No
 * task has such a name, because names begin with a letter. Operators would not work: some JSONata engines read a quoted `*`
 * as a wildcard.
 *
 * Everything here makes JSONata. Our own expressions must not fail, because nothing catches an error in a Choice or a
 * Pass. Users' expressions are evaluated in Task states only.
 */
export type Place = 'tasks' | 'above';

export const total = '_total';
export const lost = '_lost';

/** The initial `tasks` of a branch. */
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

/** The score of an outcome. Undefined if the outcome is. */
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

/** The document with these tasks. The last state of a branch returns only its tasks. */
export function documentWith(tasks: string, last: boolean): string {
  return last ? `{'tasks':${tasks}}` : `{'above':$states.input.above,'tasks':${tasks}}`;
}

/** The outcomes that a branch receives: the path of each, by key. */
export function handedDown(known: readonly (readonly [key: string, value: string])[]): string {
  if (known.length <= 2) return object(known);
  const all = '$merge([$states.input.above,$states.input.tasks])';
  return `$sift(${all},function($v,$k){$k in ${list(known.map(([key]) => quoted(key)))}})`;
}
