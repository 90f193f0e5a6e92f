import type { Answer } from '../tasks/kind/service-work.ts';
import { type KindName, kindOf, type Work } from '../tasks/kinds.ts';
import { sendCall } from './send-call.ts';
import { type System, stackOf } from './system.ts';

/**
 * Asks the service about a work, by one call or two. Undefined: its answer says nothing, or no service does the work.
 *
 * @throws the service's error: see `failureOf`
 */
export async function askAbout(system: System, kind: KindName, name: string, id: string, work?: Work): Promise<Answer> {
  const { runs } = kindOf(kind);
  if (runs.by !== 'service') return undefined;
  const { ask } = runs;
  const answer = await sendCall(system, ask.call(name, id, work));
  const next = ask.next?.(answer);
  const more = next === undefined ? undefined : await sendCall(system, next);
  return ask.read(answer, { id, stack: stackOf(system), work, more });
}
