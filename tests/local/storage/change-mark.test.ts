import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createChangeMark } from '../../../local/storage/change-mark.ts';
import { openDatabase } from '../../../local/storage/open-database.ts';

test('the mark differs after a write of this connection or of another, and only then', () => {
  const folder = mkdtempSync(join(tmpdir(), 'change-mark-'));
  const [one, other] = [openDatabase(join(folder, 'a.db')), openDatabase(join(folder, 'a.db'))];
  try {
    one.exec('CREATE TABLE t (x)');
    const mark = createChangeMark(one);
    const marks = [mark(), mark()];
    one.exec('INSERT INTO t VALUES (1)');
    marks.push(mark(), mark());
    other.exec('INSERT INTO t VALUES (2)');
    marks.push(mark(), mark());
    expect(marks.map((each) => marks.indexOf(each))).toEqual([0, 0, 2, 2, 4, 4]);
  } finally {
    one.close();
    other.close();
    rmSync(folder, { recursive: true });
  }
});
