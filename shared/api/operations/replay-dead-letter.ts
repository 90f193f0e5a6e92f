import { replayLetter } from '../../use-cases/requests/letters.ts';
import { letterView } from '../../views/triggers/trigger-lists.ts';
import { operation, refuse } from '../kit/operation.ts';
import { name } from '../kit/params.ts';

export const replayDeadLetter = operation({
  name: 'replayDeadLetter',
  method: 'POST',
  path: '/dead-letters/{letter}/replay',
  summary: 'Replays a dead letter. If that succeeds, the letter is deleted',
  params: { letter: name },
  query: {},
  answers: { status: 200, shape: letterView },
  async act({ system, params: { letter } }) {
    return (await replayLetter(system, letter)) ?? refuse(404, [`there is no dead letter ${letter}`]);
  },
});
