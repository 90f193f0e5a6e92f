import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The path of the interpreter itself. The `python3` of a version manager is a script and starts more slowly. */
export function pythonFolder(): string {
  const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  return path.dirname(stdout.trim());
}
