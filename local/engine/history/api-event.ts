import { stateTypes } from '../definition/program.ts';
import type { EventDetails, HistoryEvent, HistoryEventType } from './history-event.ts';

const documents = ['input', 'output', 'parameters', 'assignedVariables'] as const;

/** An event as `GetExecutionHistory` returns it. The timestamp is in epoch seconds. */
export function apiEvent({ id, previous, type, at, details }: HistoryEvent, withData: boolean) {
  const event = { timestamp: at / 1000, type, id, previousEventId: previous };
  if (details === undefined) return event;
  return { ...event, [detailsName(type)]: shown(details, withData) };
}

/**
 * All states share `stateEnteredEventDetails` and `stateExitedEventDetails`. Other details are named after their type.
 */
export function detailsName(type: HistoryEventType): string {
  const state = stateTypes.find((known) => type.startsWith(`${known}State`));
  const rest = state === undefined ? '' : type.slice(`${state}State`.length);
  if (rest === 'Entered' || rest === 'Exited') return `state${rest}EventDetails`;
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

function shown(details: EventDetails, withData: boolean): Record<string, unknown> {
  const result: Record<string, unknown> = { ...details };
  for (const name of documents) {
    if (details[name] === undefined) continue;
    if (!withData) delete result[name];
    if (name !== 'parameters') result[`${name}Details`] = { truncated: false };
  }
  return result;
}
