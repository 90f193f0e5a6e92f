import type { DatabaseSync } from 'node:sqlite';
import { jsonColumn } from '../storage/json-column.ts';
import type { Evaluation } from './evaluate-table.ts';

export type EvaluationRun = {
  readonly id: string;
  readonly token?: string;
  readonly database: string;
  readonly table: string;
  /** A condition of SQL on the partition keys. */
  readonly partitions?: string;
  readonly rulesets: readonly string[];
  readonly publishes: boolean;
  readonly state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED';
  /** Epoch milliseconds. */
  readonly startedOn: number;
  readonly endedOn?: number;
  readonly error?: string;
  readonly resultId?: string;
  readonly evaluation?: Evaluation;
};

export type Ruleset = {
  readonly name: string;
  readonly rules: string;
  readonly target?: { readonly database: string; readonly table: string };
};

export interface EvaluationStore {
  get(id: string): EvaluationRun | undefined;
  byToken(token: string): EvaluationRun | undefined;
  byResult(id: string): EvaluationRun | undefined;
  put(run: EvaluationRun): void;
  running(): readonly EvaluationRun[];
  /** Newest first. */
  list(): readonly EvaluationRun[];
  ruleset(name: string): Ruleset | undefined;
  putRuleset(ruleset: Ruleset): void;
  removeRuleset(name: string): void;
  rulesets(): readonly Ruleset[];
}

export function openEvaluationStore(database: DatabaseSync): EvaluationStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS glue_evaluation (
      id TEXT PRIMARY KEY, token TEXT, result TEXT, started REAL NOT NULL, running INTEGER NOT NULL, run TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS glue_evaluation_token ON glue_evaluation (token) WHERE token IS NOT NULL;
    CREATE INDEX IF NOT EXISTS glue_evaluation_result ON glue_evaluation (result) WHERE result IS NOT NULL;
    CREATE INDEX IF NOT EXISTS glue_evaluation_running ON glue_evaluation (started) WHERE running = 1;
    CREATE TABLE IF NOT EXISTS glue_ruleset (name TEXT PRIMARY KEY, ruleset TEXT NOT NULL) WITHOUT ROWID;
  `);
  const by = (column: string) =>
    jsonColumn<EvaluationRun>(database, `SELECT run FROM glue_evaluation WHERE ${column} = ?`);
  const one = by('id');
  const token = by('token');
  const result = by('result');
  const put = database.prepare(
    'INSERT OR REPLACE INTO glue_evaluation (id, token, result, started, running, run) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const running = jsonColumn<EvaluationRun>(
    database,
    'SELECT run FROM glue_evaluation WHERE running = 1 ORDER BY started',
  );
  const list = jsonColumn<EvaluationRun>(database, 'SELECT run FROM glue_evaluation ORDER BY started DESC LIMIT 1000');
  const ruleset = jsonColumn<Ruleset>(database, 'SELECT ruleset FROM glue_ruleset WHERE name = ?');
  const putRuleset = database.prepare('INSERT OR REPLACE INTO glue_ruleset (name, ruleset) VALUES (?, ?)');
  const removeRuleset = database.prepare('DELETE FROM glue_ruleset WHERE name = ?');
  const rulesets = jsonColumn<Ruleset>(database, 'SELECT ruleset FROM glue_ruleset ORDER BY name');
  return {
    get: (id) => one.first(id),
    byToken: (text) => token.first(text),
    byResult: (id) => result.first(id),
    put(run) {
      const { id, startedOn, state } = run;
      put.run(id, run.token ?? null, run.resultId ?? null, startedOn, state === 'RUNNING' ? 1 : 0, JSON.stringify(run));
    },
    running: () => running.all(),
    list: () => list.all(),
    ruleset: (name) => ruleset.first(name),
    putRuleset: (each) => void putRuleset.run(each.name, JSON.stringify(each)),
    removeRuleset: (name) => void removeRuleset.run(name),
    rulesets: () => rulesets.all(),
  };
}
