import * as z from 'zod/mini';
import type { Json } from '../../../shared/json.ts';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import { isTooLarge, parseJson } from '../data/json-text.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import type { Signal } from '../frames/signal.ts';
import { parseTaskToken } from '../states/task/task-token.ts';

const token = z.string().check(z.minLength(1), z.maxLength(2048));
const successInput = z.looseObject({ taskToken: token, output: z.string() });
const failureInput = z.looseObject({
  taskToken: token,
  error: z.optional(z.string().check(z.maxLength(256))),
  cause: z.optional(z.string().check(z.maxLength(32_768))),
});
const heartbeatInput = z.looseObject({ taskToken: token });

/** The calls of a task token's holder. They resolve once the result is on disk. */
export function taskOperations({ options, driver }: EngineCore): Operations {
  async function tell(taskToken: string, make: (frame: number) => Signal): Promise<object> {
    const place = parseTaskToken(taskToken);
    if (place === undefined) throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
    const execution = driver.live(place.executionArn);
    if (execution === undefined && options.store.execution(place.executionArn) === undefined) {
      throw new ServiceError('TaskDoesNotExist', `Task does not exist: '${taskToken}'`);
    }
    const phase = execution?.frames.get(place.frame)?.phase;
    const open = phase?.kind === 'task' && phase.token === taskToken;
    // A caller acts on the answer that the token is closed, so whatever closed it must be on disk first.
    if (!open) await driver.signal(place.executionArn, { kind: 'due' });
    if (!open || !(await driver.signal(place.executionArn, make(place.frame)))) {
      throw new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    return {};
  }

  return {
    async SendTaskSuccess(input) {
      const { taskToken, output } = parseInput(successInput, input);
      const value = parseOutput(output);
      return await tell(taskToken, (frame) => ({
        kind: 'task-succeeded',
        frame,
        token: taskToken,
        output: value,
        text: output,
      }));
    },
    async SendTaskFailure(input) {
      const { taskToken, error, cause } = parseInput(failureInput, input);
      return await tell(taskToken, (frame) => ({
        kind: 'task-failed',
        frame,
        token: taskToken,
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      }));
    },
    async SendTaskHeartbeat(input) {
      const { taskToken } = parseInput(heartbeatInput, input);
      return await tell(taskToken, (frame) => ({ kind: 'task-heartbeat', frame, token: taskToken }));
    },
  };
}

/** @throws {ServiceError} InvalidOutput */
function parseOutput(text: string): Json {
  if (isTooLarge(text)) throw new ServiceError('InvalidOutput', "Invalid Output: 'Task output is too large'");
  try {
    return parseJson(text);
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ServiceError('InvalidOutput', `Invalid Output: '${problem}'`);
  }
}
