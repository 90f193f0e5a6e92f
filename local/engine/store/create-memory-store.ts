import type { JsonObject } from '../../../shared/json.ts';
import type { Frame } from '../frames/execution.ts';
import type { HistoryEvent } from '../history/history-event.ts';
import type { DocumentKind, EngineStore, ExecutionChange, ExecutionRecord } from '../ports/engine-store.ts';
import { moreOf } from './execution-record.ts';

/** Data of one execution. Its events are kept as committed, and joined on request. */
type Kept = { readonly history: (readonly HistoryEvent[])[]; frames: Map<number, Frame> | undefined };

/** A store that ends with the process, for simulations. It serializes nothing. */
export function createMemoryStore(): EngineStore {
  const executions = new Map<string, ExecutionRecord>();
  const newest: string[] = [];
  const kept = new Map<number, Kept>();
  const documents = new Map<DocumentKind, Map<string, JsonObject>>();
  let key = 0;

  const ofKind = (kind: DocumentKind): Map<string, JsonObject> => {
    const known = documents.get(kind) ?? new Map<string, JsonObject>();
    documents.set(kind, known);
    return known;
  };

  return {
    durable: false,
    commit(changes) {
      for (const { also } of changes) also?.(); // It may throw, and nothing may have changed by then.
      for (const change of changes) {
        if (change.record !== undefined) {
          if (!executions.has(change.record.arn)) newest.push(change.record.arn);
          executions.set(change.record.arn, change.record);
        }
        const known = kept.get(change.key);
        if (known === undefined) kept.set(change.key, { history: [change.events], frames: framesAfter(change) });
        else {
          known.history.push(change.events);
          known.frames = framesAfter(change, known.frames);
        }
      }
    },
    nextKey() {
      key += 1;
      return key;
    },
    execution: (arn) => executions.get(arn),
    executions({ machineArn, startedBy, mapRunArn, status, redriven, before = Number.POSITIVE_INFINITY, limit }) {
      const found: ExecutionRecord[] = [];
      for (let at = newest.length - 1; at >= 0 && found.length < limit; at -= 1) {
        const record = executions.get(newest[at] ?? '');
        if (record === undefined || record.key >= before) continue;
        if (machineArn !== undefined && (record.machineArn !== machineArn || record.mapRunArn !== undefined)) continue;
        if (mapRunArn !== undefined && record.mapRunArn !== mapRunArn) continue;
        if (status !== undefined && record.status !== status) continue;
        const { machine, redriveCount } = moreOf(record);
        if (startedBy !== undefined && machine.versionArn !== startedBy && machine.aliasArn !== startedBy) continue;
        if (redriven === undefined || redriven === redriveCount > 0) found.push(record);
      }
      return found;
    },
    running: () => [],
    frames: (of) => [...(kept.get(of)?.frames?.values() ?? [])],
    history(of, from, limit, reverse) {
      const events = kept.get(of)?.history.flat() ?? [];
      if (!reverse) return events.slice(Math.max(0, from - 1), Math.max(0, from - 1) + limit);
      const end = Math.min(from, events.length);
      return events.slice(Math.max(0, end - limit), end).toReversed();
    },
    lastEvent: (of) => kept.get(of)?.history.flat().length ?? 0,
    saveDocument: (kind, id, document) => void ofKind(kind).set(id, document),
    removeDocument: (kind, id) => void ofKind(kind).delete(id),
    document: (kind, id) => ofKind(kind).get(id),
    documents: (kind) => [...ofKind(kind).values()],
    close: () => undefined,
  };
}

/** Undefined if there are none, as for an execution that succeeded. */
function framesAfter({ frames, removed }: ExecutionChange, before = new Map<number, Frame>()): Kept['frames'] {
  for (const frame of frames) before.set(frame.id, frame);
  for (const id of removed) before.delete(id);
  return before.size === 0 ? undefined : before;
}
