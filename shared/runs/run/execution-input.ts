import { present } from '../../json.ts';
import type { RunContext } from '../../model/pipeline.ts';
import type { ExecutionInput } from '../../protocol/messages.ts';
import type { Outcomes } from '../../protocol/outcome.ts';
import type { RunRecord } from './run-record.ts';

/** StartExecution's limit in bytes. */
export const inputBytes = 262_144;

export function runContext({
  id,
  pipeline,
  trigger,
  createdAt,
}: Pick<RunRecord, 'id' | 'pipeline' | 'trigger' | 'createdAt'>): RunContext {
  return { id, pipeline, trigger, startedAt: new Date(createdAt).toISOString() };
}

/** The same for every try, so that repeated starts give one execution. */
export function executionInput(run: RunRecord, keep: Outcomes | undefined): ExecutionInput {
  const { params, interval } = run;
  return {
    run: runContext(run),
    params,
    ...present({ interval, keep }),
  };
}
