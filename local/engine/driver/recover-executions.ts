import type { EngineCore } from '../api/engine-core.ts';
import type { Command } from '../run/command.ts';
import type { Execution } from '../run/execution.ts';
import { callOf } from '../states/task.ts';
import { parseResource } from '../states/task-resource.ts';
import { moreOf, revive } from '../store/execution-record.ts';
import type { Perform } from './create-core.ts';

/**
 * Takes up what the store holds after a restart. Timers are set anew from the frames; calls are made again, unless
 * their submission was recorded and only the token's answer is awaited.
 */
export function recoverExecutions({ options, driver, program }: EngineCore, perform: Perform): void {
  const { store } = options;
  const found: Execution[] = [];
  for (const record of store.running()) {
    if (driver.live(record.arn) !== undefined) continue;
    const { revision } = moreOf(record).machine;
    const execution = revive(record, program(revision), store.frames(record.key), store.lastEvent(record.key));
    driver.adopt(execution);
    found.push(execution);
  }
  for (const execution of found) for (const command of unanswered(execution)) perform(execution, command);
}

function unanswered({ frames, program }: Execution): readonly Command[] {
  return [...frames.values()].flatMap((frame): Command[] => {
    const state = program.scopes[frame.scope]?.states.get(frame.state);
    if (frame.phase.kind !== 'task' || state === undefined) return [];
    const call = callOf(state, frame, frame.phase);
    const resource = parseResource(call.resource);
    const awaitsToken = resource.kind === 'service' && resource.pattern === 'token' && frame.phase.submitted;
    return awaitsToken ? [] : [{ kind: 'call', frame: frame.id, call }];
  });
}
