import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';
import { evaluate } from '../../data/evaluate.ts';
import { jsonText } from '../../data/json-text.ts';
import { fill, selectedInput } from '../../data/path-data.ts';
import { exitWith } from '../../data/state-data.ts';
import type { StateDefinition } from '../../definition/program.ts';
import type { ItemOrder, MapRunLimits, ResultWriter } from '../../frames/command.ts';
import type { Frame, MapRunPhase } from '../../frames/execution.ts';
import { FailedTry } from '../../frames/failed-try.ts';
import { type Outcome, stay } from '../../frames/outcome.ts';
import { record, recordAside, type Turn } from '../../frames/turn.ts';
import { batches, batchLimits } from './item-batches.ts';
import { itemInput } from './item-input.ts';
import { endMapRun } from './map-run-status.ts';
import { processorConfig } from './processor-config.ts';

/** The inputs of the children, and their items if each child has exactly one. */
type MapRunData = { readonly inputs: readonly Json[]; readonly items: readonly Json[] | undefined };

/** The items are known: selects and batches them, and starts the first children. */
export async function runItems(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  items: readonly Json[],
): Promise<Outcome> {
  if (frame.phase.kind !== 'map-run') return stay;
  const inputs: Json[] = [];
  for (const [index, item] of items.entries()) inputs.push(await itemInput(turn, frame, state, index, item));
  const limits = await batchLimits(turn, frame, state);
  const given = limits === undefined ? inputs : batches(inputs, limits);
  const same = inputs.every((input, index) => input === items[index]);
  const data = limits !== undefined ? { batches: given } : same ? { items } : { items, inputs };
  frame.documents = { ...frame.documents, data };
  frame.phase = { ...frame.phase, total: given.length };
  return await goOn(turn, frame, state);
}

/** Handles the end of a child execution. */
export async function itemEnded(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  succeeded: boolean,
): Promise<Outcome> {
  if (frame.phase.kind !== 'map-run') return stay;
  const { phase } = frame;
  const next: MapRunPhase = succeeded
    ? { ...phase, succeeded: phase.succeeded + 1 }
    : { ...phase, failed: phase.failed + 1 };
  frame.phase = next;
  if (!succeeded && tooManyFailed(next)) return failByThreshold(turn, frame, next);
  return await goOn(turn, frame, state);
}

/** Applies new limits. Running children continue, but failures beyond the new tolerance end the Map at once. */
export async function limitsChanged(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  limits: Partial<MapRunLimits>,
): Promise<Outcome> {
  if (frame.phase.kind !== 'map-run') return stay;
  const { maxConcurrency, ...tolerances } = limits;
  const phase: MapRunPhase = {
    ...frame.phase,
    ...tolerances,
    ...(maxConcurrency !== undefined && { concurrency: childrenAtOnce(maxConcurrency) }),
  };
  frame.phase = phase;
  turn.touched.add(frame);
  turn.notices.push({ kind: 'map-run', mapRunArn: phase.mapRunArn, at: turn.now, status: 'RUNNING', limits });
  if (phase.failed > 0 && tooManyFailed(phase)) return failByThreshold(turn, frame, phase);
  const isWaiting = phase.total !== undefined && phase.started < phase.total;
  return isWaiting ? await goOn(turn, frame, state) : stay;
}

/** The maximum that run concurrently (Step Functions quotas). */
const mostChildren = 10_000;

/** @param limit 0: none */
export function childrenAtOnce(limit: number): number {
  return limit > 0 ? Math.min(limit, mostChildren) : mostChildren;
}

function failByThreshold(turn: Turn, frame: Frame, { mapRunArn }: MapRunPhase): never {
  turn.commands.push({ kind: 'stop-items', mapRunArn });
  return failRun(turn, frame, {
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  });
}

export function failRun(
  turn: Turn,
  frame: Frame,
  failure: { readonly error?: string; readonly cause?: string },
): never {
  record(turn, frame, 'MapRunFailed', failure);
  if (frame.phase.kind === 'map-run') endMapRun(turn, frame.phase, 'FAILED');
  throw new FailedTry({ ...failure, mapRun: true });
}

/** All children's outputs are known, or where they were written. */
export async function itemsGathered(turn: Turn, frame: Frame, state: StateDefinition, result: Json): Promise<Outcome> {
  record(turn, frame, 'MapRunSucceeded');
  if (frame.phase.kind === 'map-run') endMapRun(turn, frame.phase, 'SUCCEEDED');
  recordAside(turn, frame.previous, 'MapStateSucceeded');
  return await exitWith(turn, frame, state, result);
}

function tooManyFailed({ failed, total = 0, toleratedCount, toleratedPercentage }: MapRunPhase): boolean {
  const byCount = toleratedCount !== undefined && failed > toleratedCount;
  const byShare = toleratedPercentage !== undefined && failed * 100 > toleratedPercentage * total;
  return byCount || byShare || (toleratedCount === undefined && toleratedPercentage === undefined);
}

/** Starts as many children as may run now. When none is left, requests their results. */
async function goOn(turn: Turn, frame: Frame, state: StateDefinition): Promise<Outcome> {
  if (frame.phase.kind !== 'map-run') return stay;
  const { token, mapRunArn, total = 0 } = frame.phase;
  let phase: MapRunPhase = frame.phase;
  const ended = phase.succeeded + phase.failed;
  while (phase.started < total && phase.started - ended < phase.concurrency) {
    turn.commands.push({ kind: 'start-item', frame: frame.id, token, item: itemOrder(frame, state, phase.started) });
    phase = { ...phase, started: phase.started + 1 };
  }
  frame.phase = phase;
  turn.touched.add(frame);
  if (ended === total) turn.commands.push(await gatherCommand(turn, frame, state, token, mapRunArn));
  return stay;
}

export function itemOrder(frame: Frame, state: StateDefinition, index: number): ItemOrder {
  const { inputs, items } = mapRunData(frame);
  return {
    mapRunArn: frame.phase.kind === 'map-run' ? frame.phase.mapRunArn : '',
    index,
    scope: state.scopes[0] ?? 0,
    express: processorConfig(state).ExecutionType === 'EXPRESS',
    input: inputs[index] ?? null,
    context: items === undefined ? undefined : { Index: index, Value: items[index] ?? null },
  };
}

function mapRunData(frame: Frame): MapRunData {
  const data = frame.documents.data ?? null;
  const held = isJsonObject(data) ? data : {};
  const list = (value: Json | undefined) => (Array.isArray(value) ? value : undefined);
  const items = list(held.items);
  return { inputs: list(held.batches) ?? list(held.inputs) ?? items ?? [], items };
}

export async function gatherCommand(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  token: string,
  mapRunArn: string,
) {
  const writer = await resultWriter(turn, frame, state);
  return { kind: 'gather-items', frame: frame.id, token, mapRunArn, writer } as const;
}

async function resultWriter(turn: Turn, frame: Frame, state: StateDefinition): Promise<ResultWriter | undefined> {
  const { ResultWriter: writer } = state.fields;
  if (writer === undefined || !isJsonObject(writer)) return undefined;
  const given =
    state.language === 'JSONata'
      ? await evaluate(turn, frame, writer.Arguments ?? {}, 'ResultWriter/Arguments', {})
      : fill(turn, frame, writer.Parameters ?? {}, selectedInput(turn, frame, state));
  const written: JsonObject | undefined =
    writer.Resource !== undefined && isJsonObject(given) && jsonText(given) !== '{}' ? given : undefined;
  const config = writer.WriterConfig;
  return { arguments: written, config: config !== undefined && isJsonObject(config) ? config : {} };
}
