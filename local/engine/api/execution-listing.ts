import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { EngineOptions } from '../ports/engine-options.ts';
import type { ExecutionQuery } from '../ports/engine-store.ts';
import { existingMachine, existingMapRun } from '../store/existing-machine.ts';
import { pageInput } from './page.ts';

const listInput = z.looseObject({
  stateMachineArn: z.optional(z.string()),
  mapRunArn: z.optional(z.string()),
  statusFilter: z.optional(z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'])),
  redriveFilter: z.optional(z.enum(['REDRIVEN', 'NOT_REDRIVEN'])),
  ...pageInput,
});

export type Listing = {
  /** Undefined if no execution can match. */
  readonly query: Omit<ExecutionQuery, 'limit'> | undefined;
  readonly maxResults: number | undefined;
  readonly nextToken: string | undefined;
};

/**
 * The executions that `ListExecutions` asks for: those of a machine, those started by a version or an alias, or the
 * children of a Map Run.
 *
 * @throws {ServiceError} ValidationException, StateMachineDoesNotExist, StateMachineTypeNotSupported, ResourceNotFound
 */
export function readListing(options: EngineOptions, input: unknown): Listing {
  const { stateMachineArn, mapRunArn, statusFilter, redriveFilter, ...page } = parseInput(listInput, input);
  if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
    throw new ServiceError('ValidationException', 'Either a stateMachineArn or a mapRunArn must be specified');
  }
  if (mapRunArn === undefined && (redriveFilter !== undefined || statusFilter === 'PENDING_REDRIVE')) {
    const filter = redriveFilter === undefined ? 'The statusFilter PENDING_REDRIVE' : 'A redriveFilter';
    throw new ServiceError('ValidationException', `${filter} is taken with a mapRunArn only`);
  }
  const whose = {
    ...(stateMachineArn !== undefined && ofMachine(options, stateMachineArn)),
    ...(mapRunArn !== undefined && { mapRunArn: existingMapRun(options, mapRunArn).arn }),
  };
  const { maxResults, nextToken } = page;
  // A redrive starts its children at once, so none is pending.
  if (statusFilter === 'PENDING_REDRIVE') return { query: undefined, maxResults, nextToken };
  return {
    query: {
      ...whose,
      ...(statusFilter !== undefined && { status: statusFilter }),
      ...(redriveFilter !== undefined && { redriven: redriveFilter === 'REDRIVEN' }),
    },
    maxResults,
    nextToken,
  };
}

function ofMachine(options: EngineOptions, given: string): Pick<ExecutionQuery, 'machineArn' | 'startedBy'> {
  const { store } = options;
  const { arn, type } = existingMachine(options, given.split(':').slice(0, 7).join(':'));
  if (type === 'EXPRESS') {
    const problem = `Operation is not supported for this type of state machine: '${given}'`;
    throw new ServiceError('StateMachineTypeNotSupported', problem);
  }
  if (arn === given) return { machineArn: arn };
  if (store.document('version', given) === undefined && store.document('alias', given) === undefined) {
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${given}'`);
  }
  return { machineArn: arn, startedBy: given };
}
