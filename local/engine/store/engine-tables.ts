/**
 * Each transition writes an execution's frames and one row of new events. The execution's own row is written only at
 * its start and end, so that a step touches as few pages as possible.
 */
export const engineTables = `
CREATE TABLE IF NOT EXISTS engine_executions (
  key INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, machine TEXT NOT NULL, map_run TEXT, status TEXT NOT NULL,
  started INTEGER NOT NULL, stopped INTEGER, input TEXT NOT NULL, output TEXT, more TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS engine_executions_by_machine ON engine_executions (machine, key);
CREATE INDEX IF NOT EXISTS engine_executions_by_map_run ON engine_executions (map_run, key) WHERE map_run IS NOT NULL;
CREATE INDEX IF NOT EXISTS engine_executions_running ON engine_executions (key) WHERE status = 'RUNNING';
CREATE TABLE IF NOT EXISTS engine_frames (
  execution INTEGER NOT NULL, id INTEGER NOT NULL, head TEXT NOT NULL, documents TEXT NOT NULL,
  PRIMARY KEY (execution, id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS engine_history (
  execution INTEGER NOT NULL, last INTEGER NOT NULL, first INTEGER NOT NULL, events TEXT NOT NULL,
  PRIMARY KEY (execution, last)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS engine_documents (
  kind TEXT NOT NULL, id TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
`;
