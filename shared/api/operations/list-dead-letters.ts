import { listDeadLetters as list } from '../../actors/dead-letters.ts';
import { letterView } from '../../views/letter-views.ts';
import { letterList } from '../../views/trigger-lists.ts';
import { operation } from '../kit/operation.ts';

export const listDeadLetters = operation({
  name: 'listDeadLetters',
  method: 'GET',
  path: '/dead-letters',
  summary: 'What could not be taken or started, and why, the oldest first',
  params: {},
  query: {},
  answers: { status: 200, shape: letterList },
  async act({ system }) {
    return { letters: (await list(system)).map(letterView) };
  },
});
