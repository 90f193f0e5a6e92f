import * as z from 'zod/mini';
import { dropLetter } from '../../use-cases/requests/letters.ts';
import { operation } from '../kit/operation.ts';
import { name } from '../kit/params.ts';

/** Dropping a letter again is harmless. */
export const droppedLetter = z.object({ id: z.string(), dropped: z.boolean() });

export const dropDeadLetter = operation({
  name: 'dropDeadLetter',
  method: 'POST',
  path: '/dead-letters/{letter}/drop',
  summary: 'Deletes a dead letter',
  params: { letter: name },
  query: {},
  answers: { status: 200, shape: droppedLetter },
  async act({ system, params: { letter } }) {
    return { id: letter, dropped: await dropLetter(system, letter) };
  },
});
