import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { onceCommitted, transaction } from '../../storage/transaction.ts';
import { parseJson } from '../data/json-text.ts';
import type { Documents, Frame } from '../frames/execution.ts';
import type { ExecutionStatus } from '../frames/execution-status-detail.ts';
import type { HistoryEvent } from '../history/history-event.ts';
import type { EngineStore, ExecutionChange, ExecutionQuery, ExecutionRecord } from '../ports/engine-store.ts';
import { StoreUnavailable } from '../ports/store-unavailable.ts';
import { engineTables } from './engine-tables.ts';
import { frameDocuments, frameHead, parseFrame } from './frame-text.ts';

type Row = Record<string, SQLOutputValue>;

/** Opens the engine's tables in a database. Creates them if they are missing. */
export function openEngineStore(database: DatabaseSync): EngineStore {
  // `synchronous` applies to one connection. Without FULL, a commit is not on disk when it returns.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(engineTables);
  const put = {
    execution: database.prepare(
      'INSERT OR REPLACE INTO engine_executions VALUES (:key, :arn, :machine, :mapRun, :status, :started, :stopped, :input, :output, :more)',
    ),
    frame: database.prepare('INSERT OR REPLACE INTO engine_frames VALUES (?, ?, ?, ?)'),
    head: database.prepare('UPDATE engine_frames SET head = ? WHERE execution = ? AND id = ?'),
    events: database.prepare('INSERT INTO engine_history VALUES (?, ?, ?, ?)'),
    document: database.prepare('INSERT OR REPLACE INTO engine_documents VALUES (?, ?, ?)'),
  };
  const remove = {
    frame: database.prepare('DELETE FROM engine_frames WHERE execution = ? AND id = ?'),
    document: database.prepare('DELETE FROM engine_documents WHERE kind = ? AND id = ?'),
  };
  const get = {
    execution: database.prepare('SELECT * FROM engine_executions WHERE arn = ?'),
    running: database.prepare("SELECT * FROM engine_executions WHERE status = 'RUNNING' ORDER BY key"),
    lastKey: database.prepare('SELECT max(key) AS key FROM engine_executions'),
    frames: database.prepare('SELECT head, documents FROM engine_frames WHERE execution = ? ORDER BY id'),
    forward: database.prepare('SELECT events FROM engine_history WHERE execution = ? AND last >= ? ORDER BY last'),
    backward: database.prepare(
      'SELECT events FROM engine_history WHERE execution = ? AND first <= ? ORDER BY last DESC',
    ),
    lastEvent: database.prepare('SELECT max(last) AS last FROM engine_history WHERE execution = ?'),
    document: database.prepare('SELECT document FROM engine_documents WHERE kind = ? AND id = ?'),
    documents: database.prepare('SELECT document FROM engine_documents WHERE kind = ? ORDER BY id'),
  };

  /** The last written documents of each frame. They are large and rarely change. */
  const written = new WeakMap<Frame, Documents>();

  function note(frames: readonly Frame[]): void {
    for (const frame of frames) written.set(frame, frame.documents);
  }

  function write({ key, record, frames, removed, events, also }: ExecutionChange): void {
    if (record !== undefined) {
      const { arn, machineArn, mapRunArn, status, startedAt, stoppedAt, input, output, more } = record;
      put.execution.run({
        key,
        arn,
        machine: machineArn,
        mapRun: mapRunArn ?? null,
        status,
        started: startedAt,
        stopped: stoppedAt ?? null,
        input,
        output: output ?? null,
        more: JSON.stringify(more),
      });
    }
    for (const id of removed) remove.frame.run(key, id);
    for (const frame of frames) {
      if (written.get(frame) === frame.documents) put.head.run(frameHead(frame), key, frame.id);
      else put.frame.run(key, frame.id, frameHead(frame), frameDocuments(frame));
    }
    const [first, last] = [events.at(0), events.at(-1)];
    if (first !== undefined && last !== undefined) put.events.run(key, last.id, first.id, JSON.stringify(events));
    also?.();
  }

  return {
    durable: true,
    commit(changes) {
      transaction(database, () => changes.forEach(write));
      onceCommitted(database, () => {
        for (const { frames } of changes) note(frames);
      });
    },
    nextKey: counter(Number(get.lastKey.get()?.key ?? 0)),
    execution: (arn) => optional(get.execution.get(arn), executionOf),
    executions: (query) => select(database, query).map(executionOf),
    running: () => get.running.all().map(executionOf),
    frames(key) {
      const frames = get.frames.all(key).map(({ head, documents }) => parseFrame(String(head), String(documents)));
      note(frames);
      return frames;
    },
    lastEvent: (key) => Number(get.lastEvent.get(key)?.last ?? 0),
    history(key, from, limit, reverse) {
      const found: HistoryEvent[] = [];
      for (const row of (reverse ? get.backward : get.forward).iterate(key, from)) {
        const events = eventsOf(row);
        for (const event of reverse ? events.toReversed() : events) {
          if (reverse ? event.id > from : event.id < from) continue;
          found.push(event);
          if (found.length === limit) return found;
        }
      }
      return found;
    },
    saveDocument: (kind, id, document) => orUnavailable(() => put.document.run(kind, id, JSON.stringify(document))),
    removeDocument: (kind, id) => orUnavailable(() => remove.document.run(kind, id)),
    document: (kind, id) => optional(get.document.get(kind, id), documentOf),
    documents: (kind) => get.documents.all(kind).map(documentOf),
    close: () => undefined,
  };
}

/** @throws {StoreUnavailable} with the disk's error */
function orUnavailable(write: () => unknown): void {
  try {
    write();
  } catch (thrown) {
    throw new StoreUnavailable(thrown);
  }
}

function counter(last: number): () => number {
  let key = last;
  return () => {
    key += 1;
    return key;
  };
}

function optional<T>(row: Row | undefined, read: (row: Row) => T): T | undefined {
  return row === undefined ? undefined : read(row);
}

function select(database: DatabaseSync, query: ExecutionQuery): Row[] {
  const conditions = ['key < :before'];
  if (query.machineArn !== undefined) conditions.push('machine = :machine AND map_run IS NULL');
  if (query.startedBy !== undefined) conditions.push(`:startedBy IN (${inMore('versionArn')}, ${inMore('aliasArn')})`);
  if (query.mapRunArn !== undefined) conditions.push('map_run = :mapRun');
  if (query.status !== undefined) conditions.push('status = :status');
  if (query.redriven !== undefined) conditions.push("(json_extract(more, '$.redriveCount') > 0) = :redriven");
  const sql = `SELECT * FROM engine_executions WHERE ${conditions.join(' AND ')} ORDER BY key DESC LIMIT :limit`;
  return database.prepare(sql).all({
    before: query.before ?? Number.MAX_SAFE_INTEGER,
    limit: query.limit,
    ...(query.machineArn !== undefined && { machine: query.machineArn }),
    ...(query.startedBy !== undefined && { startedBy: query.startedBy }),
    ...(query.mapRunArn !== undefined && { mapRun: query.mapRunArn }),
    ...(query.status !== undefined && { status: query.status }),
    ...(query.redriven !== undefined && { redriven: Number(query.redriven) }),
  });
}

function inMore(field: 'versionArn' | 'aliasArn'): string {
  return `json_extract(more, '$.machine.${field}')`;
}

/** Only this program writes these tables, so the columns have their declared types. */
function executionOf(row: Row): ExecutionRecord {
  return {
    key: Number(row.key),
    arn: String(row.arn),
    machineArn: String(row.machine),
    mapRunArn: text(row.map_run),
    status: String(row.status) as ExecutionStatus,
    startedAt: Number(row.started),
    stoppedAt: row.stopped === null ? undefined : Number(row.stopped),
    input: String(row.input),
    output: text(row.output),
    more: objectOf(row.more),
  };
}

function eventsOf(row: Row): readonly HistoryEvent[] {
  const events: unknown = JSON.parse(String(row.events));
  return events as readonly HistoryEvent[];
}

function documentOf(row: Row): JsonObject {
  return objectOf(row.document);
}

function text(value: SQLOutputValue | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}

function objectOf(value: SQLOutputValue | undefined): JsonObject {
  const parsed = parseJson(String(value));
  return isJsonObject(parsed) ? parsed : {};
}
