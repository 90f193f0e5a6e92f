import { goOnAfter } from '../../actors/after-task.ts';
import { signalTask } from '../../actors/task-actor.ts';
import { taskKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import { taskRecord } from '../../runs/task/task-record.ts';
import type { System } from '../../services/system.ts';
import type { Decision } from '../../tasks/kind/waiting-work.ts';
import { kindOf } from '../../tasks/kinds.ts';

export type Decided =
  | { readonly is: 'decided'; readonly attempt: number }
  /** `forbidden`: the task waits for a decision by others. */
  | { readonly is: 'refused'; readonly problems: readonly string[]; readonly forbidden?: true };

/** Somebody decides what a task waits for. The first decision counts. */
export async function decide(
  system: System,
  ref: { readonly run: string; readonly task: string },
  decision: Omit<Decision, 'at'>,
): Promise<Decided> {
  const { run, task } = ref;
  const before = await readRecord(system.ledger, taskKey(run, task), taskRecord);
  const { work, phase, number: attempt } = before?.attempt ?? {};
  const looks = work === undefined ? undefined : kindOf(work.kind).runs.looks;
  if (work === undefined || attempt === undefined || phase?.at !== 'running' || looks?.decided === undefined) {
    return { is: 'refused', problems: [`${task} of ${run} does not wait for a decision`] };
  }
  const state = looks.decided(work, { ...decision, at: system.clock() });
  if ('problem' in state) return { is: 'refused', problems: [state.problem], forbidden: true };
  const { by, approve } = decision;
  const after = await signalTask(system, ref, { is: 'work', id: phase.id, state });
  await goOnAfter(system, after);
  const ended = after?.attempt.phase;
  const why = ended?.at === 'ended' && ended.ending.result === 'failed' ? ended.ending.cause : after?.attempt.said;
  const isOurs = after?.attempt.number === attempt && ended?.at === 'ended' && why === state.message;
  if (!isOurs) {
    return { is: 'refused', problems: [`${task} no longer waits: somebody else decided first, or its time is over`] };
  }
  system.log({ message: 'task decided', run, task, attempt, by, approve });
  return { is: 'decided', attempt };
}
