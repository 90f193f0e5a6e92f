import type { System } from '../services/system.ts';
import { bury } from './dead-letters.ts';
import type { News } from './kit/advance.ts';
import { type RunAnswer, type RunRequest, startRun } from './start-run.ts';

/**
 * Starts the run that an event asks for. A refused request becomes a dead letter, which can be replayed, because
 * nobody waits for an answer. Failures that may pass are thrown.
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
