import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createFolderWatch } from '../../../local/s3/folder-watch.ts';

test('a file that is dropped into a watched folder, or changed there, is reported', async () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'folder-watch-'));
  try {
    const change = Promise.withResolvers<void>();
    const watching = createFolderWatch(() => change.resolve());
    expect(watching.follow('landing', [folder])).toBe(true);
    expect(watching.follow('landing', [folder])).toBe(false);
    fs.writeFileSync(path.join(folder, 'a.csv'), 'a');
    await change.promise;
    watching.close();
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('a folder that is gone is not watched, and hinders nothing', () => {
  const watching = createFolderWatch(() => undefined);
  expect(watching.follow('landing', ['/nowhere/at/all'])).toBe(false);
  watching.close();
});
