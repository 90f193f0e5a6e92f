import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';
import { evaluate } from '../../data/evaluate.ts';
import { asJson } from '../../data/json-text.ts';
import { numberField } from '../../data/number-field.ts';
import { outOfRange } from '../../data/out-of-range.ts';
import { fill, selectedInput } from '../../data/path-data.ts';
import type { StateDefinition } from '../../definition/program.ts';
import type { ItemSource } from '../../frames/command.ts';
import type { Frame } from '../../frames/execution.ts';
import { type Outcome, stay } from '../../frames/outcome.ts';
import { record, type Turn } from '../../frames/turn.ts';
import { taskToken } from '../task/task-token.ts';
import { childrenAtOnce, runItems } from './map-run.ts';

/** Starts a distributed Map: child executions of given items, or of items yet to be read. */
export async function beginMapRun(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  items: readonly Json[] | undefined,
  limit: number,
): Promise<Outcome> {
  record(turn, frame, 'MapStateStarted', { length: items?.length ?? 0 });
  const toleratedCount = await toleratedFailureCount(turn, frame, state);
  const toleratedPercentage = await toleratedFailurePercentage(turn, frame, state);
  const source = items === undefined ? await itemSource(turn, frame, state) : undefined;
  const mapRunArn = newMapRunArn(turn, state);
  record(turn, frame, 'MapRunStarted', { mapRunArn });
  const token = taskToken({ executionArn: turn.execution.arn, frame: frame.id, try: turn.tools.uuid() });
  frame.phase = {
    kind: 'map-run',
    token,
    mapRunArn,
    started: 0,
    succeeded: 0,
    failed: 0,
    concurrency: childrenAtOnce(limit),
    ...(toleratedCount !== undefined && { toleratedCount }),
    ...(toleratedPercentage !== undefined && { toleratedPercentage }),
  };
  const limits = {
    maxConcurrency: limit,
    toleratedCount: toleratedCount ?? 0,
    toleratedPercentage: toleratedPercentage ?? 0,
  };
  turn.notices.push({ kind: 'map-run', mapRunArn, at: turn.now, status: 'RUNNING', limits });
  if (items !== undefined) return await runItems(turn, frame, state, items);
  if (source !== undefined) {
    frame.documents = { ...frame.documents, data: asJson(source) };
    turn.commands.push({ kind: 'read-items', frame: frame.id, token, source });
  }
  return stay;
}

/** While the items are being read, the frame contains their source, to read them again after a restart. */
export function sourceIn(frame: Frame): ItemSource | undefined {
  const { data } = frame.documents;
  if (data === undefined || !isJsonObject(data) || !isJsonObject(data.config ?? null)) return undefined;
  const { resource, maxItems } = data;
  return {
    resource: String(resource),
    arguments: objectOf(data.arguments),
    config: objectOf(data.config),
    maxItems: typeof maxItems === 'number' ? maxItems : undefined,
  };
}

export async function toleratedFailureCount(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
): Promise<number | undefined> {
  const value = await numberField(turn, frame, state, 'ToleratedFailureCount');
  if (value === undefined || value >= 0) return value;
  throw outOfRange(state, 'ToleratedFailureCount', 'ToleratedFailureCount cannot be negative.');
}

export async function toleratedFailurePercentage(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
): Promise<number | undefined> {
  const value = await numberField(turn, frame, state, 'ToleratedFailurePercentage', 'float');
  if (value === undefined || (value >= 0 && value <= 100)) return value;
  throw outOfRange(state, 'ToleratedFailurePercentage', 'ToleratedFailurePercentage must be between 0 and 100.');
}

/** `ItemReader` with its expressions evaluated. */
export async function itemSource(turn: Turn, frame: Frame, state: StateDefinition): Promise<ItemSource> {
  const reader = objectOf(state.fields.ItemReader);
  const config = objectOf(reader.ReaderConfig);
  const maxItems = await numberField(turn, frame, state, 'MaxItems', 'integer', config, 'ItemReader/ReaderConfig/');
  const given =
    state.language === 'JSONata'
      ? await evaluate(turn, frame, reader.Arguments ?? {}, 'ItemReader/Arguments', {})
      : fill(turn, frame, reader.Parameters ?? {}, selectedInput(turn, frame, state));
  return { resource: String(reader.Resource), arguments: objectOf(given), config, maxItems };
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {};
}

function newMapRunArn(turn: Turn, state: StateDefinition): string {
  const { machine } = turn.execution;
  const [arn, partition, service, region, account] = machine.arn.split(':');
  const { Label } = state.fields;
  const label = typeof Label === 'string' ? Label : turn.tools.uuid();
  return `${[arn, partition, service, region, account].join(':')}:mapRun:${machine.name}/${label}:${turn.tools.uuid()}`;
}
