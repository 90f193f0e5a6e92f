import type { StateDefinition } from '../definition/program.ts';
import type { Command } from '../frames/command.ts';
import type { Execution, Frame, MapRunPhase } from '../frames/execution.ts';
import { sourceIn } from '../states/map/begin-map-run.ts';
import { itemOrder } from '../states/map/map-run.ts';
import { callOf } from '../states/task/task.ts';
import { parseResource } from '../states/task/task-resource.ts';
import { moreOf, revive } from '../store/execution-record.ts';
import type { Perform } from './create-core.ts';
import type { Driver } from './create-driver.ts';
import type { EngineCore } from './engine-core.ts';

/**
 * Resumes the executions in the store after a restart. Sets timers from the frames, and repeats calls, except those
 * whose submission was recorded and that only wait for the token's answer.
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
  for (const execution of found) {
    for (const frame of execution.frames.values()) forgetCounts(frame);
    for (const command of unanswered(execution)) perform(execution, command);
    if (isOrphaned(driver, execution)) void driver.signal(execution.arn, { kind: 'stop' }).catch(() => undefined);
  }
}

/** The state that started it has moved on, and the process died before it was stopped. */
function isOrphaned(driver: Driver, { starter }: Execution): boolean {
  if (starter === undefined) return false;
  const phase = driver.live(starter.executionArn)?.frames.get(starter.frame)?.phase;
  return !(phase?.kind === 'task' || phase?.kind === 'map-run') || phase.token !== starter.token;
}

function unanswered({ frames, program }: Execution): readonly Command[] {
  return [...frames.values()].flatMap((frame): readonly Command[] => {
    const state = program.scopes[frame.scope]?.states.get(frame.state);
    if (state === undefined) return [];
    if (frame.phase.kind === 'map-run') return mapRunCommands(frame, frame.phase, state);
    if (frame.phase.kind !== 'task') return [];
    const call = callOf(state, frame, frame.phase);
    const resource = parseResource(call.resource);
    const awaitsToken =
      (resource.kind === 'service' && resource.pattern === 'token' && frame.phase.submitted) ||
      (resource.kind === 'activity' && frame.phase.taken === true);
    return awaitsToken ? [] : [{ kind: 'call', frame: frame.id, call }];
  });
}

function mapRunCommands(frame: Frame, phase: MapRunPhase, state: StateDefinition): readonly Command[] {
  const { token, total, started } = phase;
  if (total === undefined || total === 0)
    return [{ kind: 'read-items', frame: frame.id, token, source: sourceIn(frame) }];
  const items = Array.from({ length: started }, (_, index) => itemOrder(frame, state, index));
  return items.map((item) => ({ kind: 'start-item', frame: frame.id, token, item }));
}

/** Starts every child again, so that each reports its end again. Only then is it counted. */
function forgetCounts(frame: Frame): void {
  if (frame.phase.kind === 'map-run') frame.phase = { ...frame.phase, succeeded: 0, failed: 0 };
}
