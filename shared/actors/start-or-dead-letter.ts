import type { System } from '../services/system.ts';
import { bury } from './dead-letters.ts';
import { type RunAnswer, type RunRequest, startRun } from './start-run.ts';

/**
 * Starts the run that an event asks for. Where it is refused nobody is there to be told: it lies with the dead letters
 * then, and can be asked for again. What may be better at the next try is thrown.
 */
export async function startOrBury(system: System, request: RunRequest): Promise<RunAnswer> {
  const answer = await startRun(system, request);
  if (answer.is === 'refused') {
    const { pipeline, cause } = request;
    system.log({ message: 'run refused', pipeline, problems: [...answer.problems] });
    await bury(system, { kind: 'run', request, problems: answer.problems }, `${pipeline}\n${cause}`);
  }
  return answer;
}
