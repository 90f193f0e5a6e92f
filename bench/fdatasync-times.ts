import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';

const block = Buffer.alloc(4096, 'x');

/** Milliseconds that each of `count` appends of 4 KiB takes to reach the disk: the disk's own speed. */
export function fdatasyncTimes(folder: string, count: number): readonly number[] {
  const file = openSync(path.join(folder, 'appended'), 'a');
  try {
    return Array.from({ length: count }, () => {
      const began = performance.now();
      writeSync(file, block);
      fdatasyncSync(file);
      return performance.now() - began;
    });
  } finally {
    closeSync(file);
  }
}
