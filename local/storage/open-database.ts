import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errcodeOf, sqliteCodes } from './sqlite-error.ts';

/** Increased with every incompatible change of the tables. */
const layout = 1;
/** `PRAGMA application_id` of our files: "Glue" in ASCII. */
const applicationId = 0x47_6c_75_65;

/** The file belongs to another program or version. It was left unchanged. */
export class ForeignDatabase extends Error {
  override readonly name = 'ForeignDatabase';

  constructor(file: string, what: string) {
    const folder = path.dirname(file);
    super(
      `${file} ${what}. Use the program that wrote it, or start over: move its folder away (mv ${folder} ${folder}.old).`,
    );
  }
}

/** Another program holds a lock on the file. It was left unchanged. */
export class LockedDatabase extends Error {
  override readonly name = 'LockedDatabase';

  constructor(file: string, cause: unknown) {
    super(`${file} is locked by another program. Close the program that has it open, and try again.`, { cause });
  }
}

/**
 * Opens one of our database files, or creates it.
 *
 * @param file a path, or `:memory:`
 * @param busyMilliseconds how long to wait for another process's write, here and at every commit
 * @throws {ForeignDatabase}
 * @throws {LockedDatabase}
 */
export function openDatabase(file: string, busyMilliseconds = 10_000): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyMilliseconds });
  try {
    const refused = whyNot(database);
    if (refused !== undefined) throw new ForeignDatabase(file, refused);
    // FULL: commits survive a power failure. The setting applies to one connection, so each one sets it.
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
    if (code === sqliteCodes.notADatabase) throw new ForeignDatabase(file, 'is not an SQLite database');
    if (code === sqliteCodes.busy) throw new LockedDatabase(file, error);
    throw error;
  }
}

/** Undefined if the file is new, or ours and of this version. */
function whyNot(database: DatabaseSync): string | undefined {
  if (isNew(database)) return undefined;
  if (pragma(database, 'application_id') !== applicationId) {
    return 'was written by another program, or by an older gluewright';
  }
  const found = pragma(database, 'user_version');
  return found === layout ? undefined : `has layout ${found}, but this version of gluewright expects layout ${layout}`;
}

function isNew(database: DatabaseSync): boolean {
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get();
  return tables?.count === 0 && pragma(database, 'application_id') === 0 && pragma(database, 'user_version') === 0;
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): unknown {
  return database.prepare(`PRAGMA ${name}`).get()?.[name];
}
