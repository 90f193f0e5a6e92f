import { type DeadLetter, forget } from '../../actors/dead-letters.ts';
import { startRun } from '../../actors/start-run.ts';
import { readObjectCreated } from '../../events/object-created.ts';
import { UnreadableEvent } from '../../events/read-event.ts';
import type { System } from '../../services/system.ts';
import { letterView } from '../../views/triggers/letter-views.ts';
import type { LetterView } from '../../views/triggers/trigger-lists.ts';
import { onObjects } from '../events/on-objects.ts';

/** `run`: the run that was started, if the letter was one. `problems`: why it still fails. */
export type Replayed = { readonly run?: string; readonly problems: readonly string[] };

/** Replays a dead letter, and drops it once that has worked. */
export async function replay(system: System, letter: DeadLetter): Promise<Replayed> {
  const replayed = letter.kind === 'run' ? await startAgain(system, letter) : await takeAgain(system, letter.body);
  if (replayed.problems.length === 0) await forget(system, letter.id);
  return replayed;
}

/** A letter and the result of replaying it. */
export function replayedView(letter: DeadLetter, { run, problems }: Replayed): LetterView {
  const outcome = problems.length > 0 ? 'still failing' : run === undefined ? 'taken' : `run ${run}`;
  return { ...letterView(letter), why: problems.join('; '), outcome };
}

async function startAgain(system: System, { request }: Extract<DeadLetter, { kind: 'run' }>): Promise<Replayed> {
  const answer = await startRun(system, request);
  return answer.is === 'run' ? { run: answer.run.id, problems: [] } : { problems: answer.problems };
}

async function takeAgain(system: System, body: unknown): Promise<Replayed> {
  try {
    readObjectCreated(body);
  } catch (error) {
    if (error instanceof UnreadableEvent) return { problems: [error.message] };
    throw error;
  }
  const { batchItemFailures } = await onObjects(system, [{ messageId: 'dead letter', body }]);
  return { problems: batchItemFailures.length === 0 ? [] : ['it could not be taken in; try again'] };
}
