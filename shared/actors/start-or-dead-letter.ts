import type { System } from '../services/system.ts';
import type { News } from './advance.ts';
import { bury } from './dead-letters.ts';
import { type RunAnswer, type RunRequest, startRun } from './start-run.ts';

/**
 * Starts the run that an event asks for. A refusal has nobody to be told to: the request becomes a dead letter, and can
 * be replayed. What may succeed at the next try is thrown.
 */
export async function startOrBury(system: System, request: RunRequest, news?: News): Promise<RunAnswer> {
  const answer = await startRun(system, request, news);
  if (answer.is === 'refused') {
    const { pipeline, cause } = request;
    system.log({ message: 'run refused', pipeline, problems: [...answer.problems] });
    await bury(system, { kind: 'run', request, problems: answer.problems }, `${pipeline}\n${cause}`);
  }
  return answer;
}
