import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The interpreter's path. A version manager's `python3` is a script that starts more slowly. */
export function pythonFolder(): string {
  const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  return path.dirname(stdout.trim());
}
