import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ForeignDatabase, LockedDatabase, openDatabase } from '../../../local/storage/open-database.ts';

describe('the file that all is kept in', () => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gluewright-database-'));
    file = path.join(folder, 'gluewright.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function written(sql: string): void {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }

  test('is made, and opened again with what it holds', () => {
    const first = openDatabase(file);
    first.exec('CREATE TABLE kept (value); INSERT INTO kept VALUES (7)');
    first.close();
    const second = openDatabase(file);
    expect(second.prepare('SELECT value FROM kept').get()).toEqual({ value: 7 });
    second.close();
  });

  test('is on disk when a commit returns', () => {
    const database = openDatabase(file);
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
  });

  test.each([
    [
      'of a layout to come',
      'PRAGMA application_id = 1198290277; PRAGMA user_version = 2; CREATE TABLE t (v)',
      'layout 2',
    ],
    ['from before layouts were noted', 'CREATE TABLE engine_executions (arn)', 'from before'],
    [
      "that is another program's",
      'PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE t (v)',
      'another program',
    ],
  ])('%s is refused, with what to do, and left as it was', (_, sql, said) => {
    written(sql);
    const before = readFileSync(file);
    expect(() => openDatabase(file)).toThrow(ForeignDatabase);
    expect(() => openDatabase(file)).toThrow(said);
    expect(() => openDatabase(file)).toThrow(`mv ${folder} ${folder}.old`);
    expect(readFileSync(file)).toEqual(before);
  });

  test('is refused when it is no database at all', () => {
    writeFileSync(file, 'These are notes of mine, and not a database. '.repeat(50));
    expect(() => openDatabase(file)).toThrow('is no SQLite database');
  });

  test('is said to be locked when another program does not let go of it', () => {
    openDatabase(file).close();
    const other = new DatabaseSync(file);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    expect(() => openDatabase(file, 0)).toThrow(LockedDatabase);
    other.close();
    openDatabase(file, 0).close();
  });
});
