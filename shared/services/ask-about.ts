import { type KindName, kindOf, type Work } from '../tasks/kinds.ts';
import type { Owner, SeenWork } from '../tasks/task-kind.ts';
import { sendCall } from './send-call.ts';
import { type System, stackOf } from './system.ts';

export type Answer = (SeenWork & { readonly owner?: Owner }) | 'gone' | undefined;

/**
 * What the service says of a work, by one call or two.
 *
 * @throws whatever the service answers with: `failureOf` says what it means
 */
export async function askAbout(system: System, kind: KindName, name: string, id: string, work?: Work): Promise<Answer> {
  const { ask } = kindOf(kind).runs;
  const answer = await sendCall(system, ask.call(name, id, work));
  const next = ask.then?.(answer);
  const more = next === undefined ? undefined : await sendCall(system, next);
  return ask.read(answer, stackOf(system), id, more);
}
