import type { JsonObject } from '../../../shared/json.ts';
import { asJson, parseJson } from '../data/json-text.ts';
import type { Program } from '../definition/program.ts';
import type { Execution, Frame, MachineOfExecution, Starter } from '../frames/execution.ts';
import type { ExecutionRecord } from '../ports/engine-store.ts';

/** The data of a record besides its columns. Undefined members are omitted on disk. */
export type MoreOfExecution = {
  readonly name: string;
  readonly machine: MachineOfExecution;
  readonly redriveCount: number;
  readonly rootScope?: number | undefined;
  readonly starter?: Starter | undefined;
  readonly mapItem?: JsonObject | undefined;
  readonly timeoutAt?: number | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly redrivenAt?: number | undefined;
};

export function recordOf(execution: Execution): ExecutionRecord {
  const more: MoreOfExecution = {
    name: execution.name,
    machine: execution.machine,
    redriveCount: execution.redriveCount,
    rootScope: execution.rootScope === 0 ? undefined : execution.rootScope,
    starter: execution.starter,
    mapItem: execution.mapItem,
    timeoutAt: execution.timeoutAt,
    error: execution.error,
    cause: execution.cause,
    redrivenAt: execution.redrivenAt,
  };
  return {
    key: execution.key,
    arn: execution.arn,
    machineArn: execution.machine.arn,
    mapRunArn: execution.starter?.mapRunArn,
    status: execution.status,
    startedAt: execution.startedAt,
    stoppedAt: execution.stoppedAt,
    input: execution.input,
    output: execution.output,
    more: asJson(more) as JsonObject,
  };
}

export function moreOf(record: ExecutionRecord): MoreOfExecution {
  const more: unknown = record.more;
  return more as MoreOfExecution;
}

/** An execution as of its last written transition. */
export function revive(
  record: ExecutionRecord,
  program: Program,
  frames: readonly Frame[],
  lastEvent: number,
): Execution {
  const more = moreOf(record);
  return {
    key: record.key,
    arn: record.arn,
    name: more.name,
    machine: more.machine,
    program,
    rootScope: more.rootScope ?? 0,
    startedAt: record.startedAt,
    input: record.input,
    inputValue: parseJson(record.input),
    starter: more.starter,
    mapItem: more.mapItem,
    status: record.status,
    stoppedAt: record.stoppedAt,
    timeoutAt: more.timeoutAt,
    output: record.output,
    error: more.error,
    cause: more.cause,
    redriveCount: more.redriveCount,
    redrivenAt: more.redrivenAt,
    lastEvent,
    nextFrame: frames.reduce((last, { id }) => Math.max(last, id), 0) + 1,
    frames: new Map(frames.map((frame) => [frame.id, frame])),
  };
}
