import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errcodeOf, sqliteCodes } from './sqlite-error.ts';

/** Raised with every change of the tables that files from before it cannot be read by. */
const layout = 1;
/** `PRAGMA application_id`: whose file it is. "Glue" in ASCII. */
const applicationId = 0x47_6c_75_65;

/** Not a file that this version keeps. Nothing in it was changed. */
export class ForeignDatabase extends Error {
  override readonly name = 'ForeignDatabase';

  constructor(file: string, what: string) {
    const folder = path.dirname(file);
    super(
      `${file} ${what}. Go on with what wrote it, or begin anew: move its folder away (mv ${folder} ${folder}.old).`,
    );
  }
}

/** Another program keeps the file locked. Nothing in it was changed. */
export class LockedDatabase extends Error {
  override readonly name = 'LockedDatabase';

  constructor(file: string, cause: unknown) {
    super(`${file} is locked by another program. Close what has it open, and try again.`, { cause });
  }
}

/**
 * Opens a file of this program's, or makes it.
 *
 * @param file a path, or `:memory:`
 * @param busyMilliseconds how long it waits for another process's write to end, here and at every commit
 * @throws {ForeignDatabase}
 * @throws {LockedDatabase}
 */
export function openDatabase(file: string, busyMilliseconds = 10_000): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyMilliseconds });
  try {
    const refused = whyNot(database);
    if (refused !== undefined) throw new ForeignDatabase(file, refused);
    // FULL: what is committed survives a loss of power. It holds for this connection only, so it is set on each.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    if (isNew(database)) {
      database.exec(
        `BEGIN IMMEDIATE; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${layout}; COMMIT`,
      );
    }
    return database;
  } catch (error) {
    database.close();
    const code = errcodeOf(error);
    if (code === sqliteCodes.notADatabase) throw new ForeignDatabase(file, 'is no SQLite database');
    if (code === sqliteCodes.busy) throw new LockedDatabase(file, error);
    throw error;
  }
}

/** Undefined: it is ours, and as this version keeps it; or it is new. */
function whyNot(database: DatabaseSync): string | undefined {
  if (isNew(database)) return undefined;
  if (pragma(database, 'application_id') !== applicationId) {
    return 'was written by another program, or by a gluewright from before its files said so';
  }
  const found = pragma(database, 'user_version');
  return found === layout ? undefined : `has layout ${found}, and this version of gluewright knows layout ${layout}`;
}

function isNew(database: DatabaseSync): boolean {
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get();
  return tables?.count === 0 && pragma(database, 'application_id') === 0 && pragma(database, 'user_version') === 0;
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): unknown {
  return database.prepare(`PRAGMA ${name}`).get()?.[name];
}
