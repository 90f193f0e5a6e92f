import type { DeadLetter } from '../../actors/dead-letters.ts';
import { isoTime } from '../shapes.ts';
import type { LetterView } from './trigger-lists.ts';

export function letterView(letter: DeadLetter): LetterView {
  const { id, at, kind, problems } = letter;
  const what = letter.kind === 'run' ? `run of ${letter.request.pipeline}` : 'message';
  return { id, at: isoTime(at), kind, what, why: problems.join('; ') };
}
