import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ForeignDatabase, LockedDatabase, openDatabase } from '../../../local/storage/open-database.ts';

describe('the database file', () => {
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

  test('is created, and opened again with its data', () => {
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
    ['without a layout number', 'CREATE TABLE engine_executions (arn)', 'older gluewright'],
    [
      "that is another program's",
      'PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE t (v)',
      'another program',
    ],
  ])('%s is rejected with a remedy, and left unchanged', (_, sql, said) => {
    written(sql);
    const before = readFileSync(file);
    expect(() => openDatabase(file)).toThrow(ForeignDatabase);
    expect(() => openDatabase(file)).toThrow(said);
    expect(() => openDatabase(file)).toThrow(`mv ${folder} ${folder}.old`);
    expect(readFileSync(file)).toEqual(before);
  });

  test('is rejected if it is not a database', () => {
    writeFileSync(file, 'These are notes of mine, and not a database. '.repeat(50));
    expect(() => openDatabase(file)).toThrow('is not an SQLite database');
  });

  test('is reported as locked while another program holds it', () => {
    openDatabase(file).close();
    const other = new DatabaseSync(file);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    expect(() => openDatabase(file, 0)).toThrow(LockedDatabase);
    other.close();
    openDatabase(file, 0).close();
  });
});
