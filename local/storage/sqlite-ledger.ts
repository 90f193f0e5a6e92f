import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import { changesLimit, encodeItem } from '../../shared/ledger/encode-item.ts';
import {
  type Change,
  Conflict,
  type Item,
  type Ledger,
  type ListOptions,
  type Page,
} from '../../shared/ledger/ledger.ts';

const busyMilliseconds = 10_000;
const pageSize = 1000;
/** Greater than any character of a sort key. A prefix plus this is an upper bound. */
const lastCharacter = '\u{10FFFF}';

/** The local ledger, in a table of its own. Several processes may open the same file. */
export function createSqliteLedger(database: DatabaseSync): Ledger {
  database.exec(`PRAGMA busy_timeout = ${busyMilliseconds}`);
  database.exec(
    `CREATE TABLE IF NOT EXISTS ledger (partition TEXT NOT NULL, sort TEXT NOT NULL, version INTEGER NOT NULL,
      value TEXT NOT NULL, expires INTEGER, PRIMARY KEY (partition, sort)) WITHOUT ROWID, STRICT`,
  );
  const find = database.prepare('SELECT sort, version, value FROM ledger WHERE partition = ? AND sort = ?');
  const put = database.prepare('INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?)');
  const drop = database.prepare('DELETE FROM ledger WHERE partition = ? AND sort = ?');
  const range = 'SELECT sort, version, value FROM ledger WHERE partition = ? AND sort';
  const ascending = database.prepare(`${range} > ? AND sort >= ? AND sort < ? ORDER BY sort LIMIT ?`);
  const descending = database.prepare(`${range} < ? AND sort >= ? AND sort < ? ORDER BY sort DESC LIMIT ?`);

  const apply = (change: Change): void => {
    const { partition, sort } = change.key;
    const version = Number(find.get(partition, sort)?.version ?? 0);
    if (change.expect !== 'any' && change.expect !== version) throw new Conflict(`${partition} ${sort}`);
    if (change.value === undefined) drop.run(partition, sort);
    else put.run(partition, sort, version + 1, encodeItem(change), change.expires ?? null);
  };

  return {
    async get(key) {
      const row = find.get(key.partition, key.sort);
      return row === undefined ? undefined : toItem(key.partition, row);
    },

    async list(partition, options = {}) {
      return page(options.descending === true ? descending : ascending, partition, options);
    },

    async write(changes) {
      if (changes.length > changesLimit) throw new RangeError(`${changes.length} changes in one write`);
      if (new Set(changes.map(({ key }) => JSON.stringify(key))).size < changes.length) {
        throw new RangeError('two changes of one item in one write');
      }
      inTransaction(database, () => changes.forEach(apply));
    },
  };
}

function page(statement: StatementSync, partition: string, options: ListOptions): Page {
  const limit = options.limit ?? pageSize;
  const prefix = options.prefix ?? '';
  const start = options.from ?? (options.descending === true ? lastCharacter : '');
  const rows = statement.all(partition, start, prefix, prefix + lastCharacter, limit + 1);
  const items = rows.slice(0, limit).map((row) => toItem(partition, row));
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: last.key.sort } : { items };
}

function toItem(partition: string, row: Record<string, unknown>): Item {
  return {
    key: { partition, sort: String(row.sort) },
    version: Number(row.version),
    value: toObject(String(row.value)),
  };
}

function toObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new TypeError('a ledger item is not an object');
  return value;
}

/** `IMMEDIATE`: a transaction that starts with a read fails, instead of waiting, when another process writes. */
function inTransaction(database: DatabaseSync, act: () => void): void {
  const [begin, commit, rollback] = database.isTransaction
    ? ['SAVEPOINT ledger', 'RELEASE ledger', 'ROLLBACK TO ledger']
    : ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'];
  database.exec(begin);
  try {
    act();
    database.exec(commit);
  } catch (error) {
    if (database.isTransaction) database.exec(rollback);
    throw error;
  }
}
