import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import { machineToStart } from '../driver/machine-to-start.ts';
import { describe, existingExecution } from './execution-operations.ts';
import { requireName, resourceName } from './resource-name.ts';

const startInput = z.looseObject({
  stateMachineArn: z.string(),
  name: z.optional(resourceName),
  input: z._default(z.string(), '{}'),
});

/** Billing is in steps of 100 ms and 64 MB. The figures on AWS are not known here. */
const memoryMb = 64;

export function syncExecutionOperations({ options, start, ended }: EngineCore): Operations {
  return {
    async StartSyncExecution(input) {
      const { stateMachineArn, name, input: text } = parseInput(startInput, input);
      if (name !== undefined) requireName(name);
      if (machineToStart(options, stateMachineArn).type === 'STANDARD') {
        const problem = 'This operation is not supported by this type of state machine';
        throw new ServiceError('StateMachineTypeNotSupported', problem);
      }
      const { arn, execution } = await start({ machineArn: stateMachineArn, name, input: text });
      if (execution !== undefined) await ended(execution);
      const record = existingExecution(options, arn);
      const { redriveCount: _count, redriveStatus: _status, ...shown } = describe(record);
      const took = (record.stoppedAt ?? record.startedAt) - record.startedAt;
      const billed = Math.max(100, Math.ceil(took / 100) * 100);
      return {
        ...shown,
        billingDetails: { billedMemoryUsedInMB: memoryMb, billedDurationInMilliseconds: billed },
      };
    },
  };
}
