import { goOnAfter } from '../../actors/after-task.ts';
import { signalTask } from '../../actors/task-actor.ts';
import { Told } from '../../lambda/door.ts';
import { taskKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import type { NativeStart, TaskResult } from '../../protocol/messages.ts';
import type { EndTaskCall } from '../../protocol/read-call.ts';
import { type TaskRecord, taskRecord } from '../../runs/task/task-record.ts';
import type { System } from '../../services/system.ts';
import { skippedError, taskErrors } from '../../tasks/errors.ts';
import { ownId } from '../../tasks/kind/work-state.ts';
import { kindOf } from '../../tasks/kinds.ts';

/** No native task is recorded as the state machine says. It asks again. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded';
}

/** @throws {Told} the task is over */
export function startOf(record: TaskRecord | undefined): NativeStart {
  if (record?.attempt.phase.at === 'running') return { work: record.attempt.work };
  resultOf(record);
  throw new Told(taskErrors.refused, 'it has ended already');
}

/**
 * Records what the state of a native task came to. What ended the task before, such as its deadline, counts.
 *
 * @throws {Told} the task failed
 */
export async function endTask(
  system: System,
  { run, task, result, error, cause = '' }: EndTaskCall,
): Promise<TaskResult> {
  const before = await readRecord(system.ledger, taskKey(run, task), taskRecord);
  if (before === undefined) throw new NotRecorded(`${run}/${task}`);
  const { attempt } = before;
  const { runs } = kindOf(attempt.work.kind);
  if (runs.by !== 'state') throw new NotRecorded(`${run}/${task} is a ${attempt.work.kind}`);
  const state = runs.ended(error === undefined ? { result: result ?? null } : { error, cause });
  const id = ownId({ run, task, attempt: attempt.number });
  const record = await signalTask(system, { run, task }, { is: 'work', id, state });
  await goOnAfter(system, record);
  return resultOf(record);
}

/** @throws {Told} the task did not succeed */
function resultOf(record: TaskRecord | undefined): TaskResult {
  if (record?.attempt.phase.at !== 'ended') throw new NotRecorded('the task has not ended');
  const { ending } = record.attempt.phase;
  if (ending.result === 'failed') throw new Told(ending.error, ending.cause);
  if (ending.result === 'skipped') throw new Told(skippedError, 'its `if` is false');
  return ending.output === undefined ? { status: 'succeeded' } : { status: 'succeeded', output: ending.output };
}
