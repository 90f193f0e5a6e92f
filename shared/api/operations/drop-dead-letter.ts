import * as z from 'zod/mini';
import { findDeadLetter, forget } from '../../actors/dead-letters.ts';
import { operation } from '../kit/operation.ts';
import { name } from '../kit/params.ts';

export const dropDeadLetter = operation({
  name: 'dropDeadLetter',
  method: 'POST',
  path: '/dead-letters/{letter}/drop',
  summary: 'Forgets a dead letter: what it holds is not started any more',
  params: { letter: name },
  query: {},
  answers: { status: 200, shape: z.object({ id: z.string(), dropped: z.boolean() }) },
  async act({ system, params: { letter } }) {
    const known = await findDeadLetter(system, letter);
    if (known !== undefined) await forget(system, letter);
    return { id: letter, dropped: known !== undefined };
  },
});
