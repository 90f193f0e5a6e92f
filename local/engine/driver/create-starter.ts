import { ServiceError } from '../../service/service-error.ts';
import type { Program } from '../definition/program.ts';
import type { EngineOptions } from '../ports/engine-options.ts';
import { StoreUnavailable } from '../ports/store-unavailable.ts';
import { moreOf } from '../store/execution-record.ts';
import type { Driver } from './create-driver.ts';
import type { Started } from './engine-core.ts';
import { machineToStart } from './machine-to-start.ts';
import { executionArn, newExecution, parseInputText, type StartRequest } from './start-execution.ts';

export type Starter = {
  /** Resolves when the execution is on disk. @throws {ServiceError} */
  start(request: StartRequest): Promise<Started>;
  /** The same for callers that cannot handle a refusal. Waits until the disk accepts it. */
  startWithRetries(request: StartRequest): Promise<Started>;
};

const againMs = 1_000;

/** Starts executions, and each name only once. */
export function createStarter(options: EngineOptions, driver: Driver, program: (revision: string) => Program): Starter {
  const { store, clock, uuid } = options;

  async function start(request: StartRequest): Promise<Started> {
    const machine = request.child?.machine ?? machineToStart(options, request.machineArn);
    const inputValue = parseInputText(request.input);
    const name = request.name ?? uuid();
    const arn = executionArn(options, machine, name);
    const known = startedBefore(arn, request);
    if (known !== undefined) {
      await driver.signal(arn, { kind: 'due' }); // It may not be on disk yet.
      return known;
    }
    const execution = newExecution(options, machine, program(machine.revision), { arn, name }, request, inputValue);
    driver.adopt(execution);
    if (!(await driver.signal(arn, { kind: 'start' })))
      throw new ServiceError('ServiceUnavailable', 'The engine is closed');
    return { arn, startedAt: execution.startedAt, status: execution.status, execution };
  }

  async function startWithRetries(request: StartRequest): Promise<Started> {
    for (;;) {
      try {
        return await start(request);
      } catch (thrown) {
        if (!(thrown instanceof StoreUnavailable)) throw thrown;
        await new Promise<void>((resolve) => clock.at(clock.now() + againMs, resolve));
      }
    }
  }

  /**
   * While an execution runs, anybody may start it again with the same input. The state that started it may do so at any
   * time.
   */
  function startedBefore(arn: string, { input, starter }: StartRequest): Started | undefined {
    const live = driver.live(arn);
    const record = store.execution(arn);
    const known = live ?? record;
    if (known === undefined) return undefined;
    const startedBy = live?.starter ?? (record === undefined ? undefined : moreOf(record).starter);
    const repeated = starter !== undefined && starter.token === startedBy?.token;
    const same = repeated || (known.status === 'RUNNING' && known.input === input);
    if (same) return { arn, startedAt: known.startedAt, status: known.status, execution: live };
    throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }

  return { start, startWithRetries };
}
