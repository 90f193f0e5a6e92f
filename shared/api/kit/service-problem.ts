import { failureOf, isDenied } from '../../services/service-error.ts';
import type { System } from '../../services/system.ts';
import { type ApiAnswer, problem } from './api-answer.ts';

/** The answer when AWS denied or throttled a call that the request needs. @throws every other error */
export function serviceProblem({ log }: Pick<System, 'log'>, error: unknown): ApiAnswer {
  const failure = failureOf(error);
  if (isDenied(failure)) {
    log({ message: 'denied', function: 'api', cause: failure.reason });
    const remedy = 'allow the call in the role of the API’s function, and where the resource has a policy, there too';
    return problem(502, [`AWS denied a call: ${failure.reason}`], { remedy });
  }
  if (failure.kind !== 'refused') throw error;
  const headers = { 'retry-after': '2' };
  return problem(503, [`AWS throttled a call: ${failure.reason}`], { remedy: 'ask again in a moment', headers });
}
