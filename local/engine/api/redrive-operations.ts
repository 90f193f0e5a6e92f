import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import { moreOf, revive } from '../store/execution-record.ts';
import { existingExecution } from './execution-operations.ts';

const redriveInput = z.looseObject({ executionArn: z.string(), clientToken: z.optional(z.string()) });

/** A redrive must follow within this time after the end (Step Functions quotas). */
const redrivableMs = 14 * 24 * 3_600_000;

export function redriveOperations({ options, driver, program }: EngineCore): Operations {
  const { store, clock } = options;
  return {
    async RedriveExecution(input) {
      const { executionArn } = parseInput(redriveInput, input);
      const record = existingExecution(options, executionArn);
      const { machine } = moreOf(record);
      const ended = record.status !== 'RUNNING' && record.status !== 'SUCCEEDED';
      const recent = clock.now() - (record.stoppedAt ?? 0) <= redrivableMs;
      if (!ended || !recent || machine.type === 'EXPRESS' || driver.live(executionArn) !== undefined) {
        const reason = `Execution is ${record.status} and cannot be redriven`;
        throw new ServiceError('ExecutionNotRedrivable', `Execution not redrivable: '${reason}'`);
      }
      const frames = store.frames(record.key);
      driver.adopt(revive(record, program(machine.revision), frames, store.lastEvent(record.key)));
      await driver.signal(executionArn, { kind: 'redrive' });
      return { redriveDate: clock.now() / 1000 };
    },
  };
}
