import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
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

test.each([
  ['removed', (folder: string) => fs.rmSync(folder, { recursive: true })],
  ['moved away', (folder: string) => fs.renameSync(folder, `${folder}-before`)],
])('a folder that is %s and created again is watched again, with its subfolders', async (_, clear) => {
  const bucket = fs.mkdtempSync(path.join(tmpdir(), 'folder-watch-'));
  const orders = path.join(bucket, 'orders');
  const day = path.join(orders, 'day');
  const folders = [bucket, orders, day];
  let heard = false;
  const watching = createFolderWatch(() => {
    heard = true;
  });
  try {
    fs.mkdirSync(day, { recursive: true });
    watching.follow('landing', folders);
    clear(orders);
    fs.mkdirSync(day, { recursive: true });
    await vi.waitFor(() => expect(heard).toBe(true));
    watching.follow('landing', folders);
    heard = false;
    fs.writeFileSync(path.join(day, 'a.csv'), 'a');
    await vi.waitFor(() => expect(heard).toBe(true));
  } finally {
    watching.close();
    fs.rmSync(bucket, { recursive: true });
  }
});
