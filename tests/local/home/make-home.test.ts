import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeHome } from '../../../local/home/make-home.ts';
import { openPlace } from '../../../local/home/storage-root.ts';

const modeOf = (file: string) => statSync(file).mode & 0o7777;

describe('the home folder', () => {
  let folder = '';
  let home = '';
  let umask = 0;
  beforeEach(() => {
    umask = process.umask(0o022);
    folder = mkdtempSync(path.join(tmpdir(), 'gluewright-home-'));
    home = path.join(folder, 'project/.gluewright');
  });
  afterEach(() => {
    process.umask(umask);
    rmSync(folder, { recursive: true, force: true });
  });

  test('is created for its owner only, and its parents with the usual mode', () => {
    makeHome(home);
    expect(modeOf(home)).toBe(0o700);
    expect(modeOf(path.dirname(home))).toBe(0o755);
  });

  test.each([
    ['that is empty becomes private', 0o755, [], 0o700],
    ['of an earlier runtime becomes private', 0o755, ['gluewright.db', 's3'], 0o700],
    ['that only contains dropped files becomes private', 0o755, ['s3'], 0o700],
    ['that is private stays private', 0o700, ['gluewright.db'], 0o700],
    ['with other contents is left unchanged', 0o755, ['notes.txt'], 0o755],
    ['that is shared, like /tmp, is left unchanged', 0o1777, ['gluewright.db'], 0o1777],
  ])('one %s', (_, before, files, after) => {
    mkdirSync(home, { recursive: true });
    for (const file of files) writeFileSync(path.join(home, file), '');
    chmodSync(home, before);
    makeHome(home);
    expect(modeOf(home)).toBe(after);
  });

  test('keeps files with tokens from others, wherever they are', () => {
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, 'notes.txt'), '');
    const place = openPlace(home, { now: () => 0, uuid: () => 'id' });
    place.database.exec('CREATE TABLE tokens (token)');
    const databases = readdirSync(home).filter((name) => name.startsWith('gluewright.db'));
    expect(databases).toEqual(['gluewright.db', 'gluewright.db-shm', 'gluewright.db-wal']);
    for (const name of databases) expect([name, modeOf(path.join(home, name))]).toEqual([name, 0o600]);
    place.release();
    expect(existsSync(path.join(home, 'lock'))).toBe(false);
  });
});
