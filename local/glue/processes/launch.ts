import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { RunFolder } from './run-folder.ts';

/**
 * What every job run is started by. It takes the run on by creating a file that must not be there yet, so that a run
 * which is launched again after a crash in between is still run once; it notes who it is; and it notes the job's exit
 * code by a rename, so that a note is whole or not there. It outlives a TERM to tell how the job ended by it.
 */
const script = `
set -C
{ echo $$; cat /proc/$$/stat 2>/dev/null || ps -o lstart= -p $$; } 2>/dev/null > "$RUN_FOLDER/process" || exit 0
set +C
trap : TERM INT HUP
"$@"
echo $? > "$RUN_FOLDER/end.tmp" && mv "$RUN_FOLDER/end.tmp" "$RUN_FOLDER/end"
`;

/** Starts the command in a process group of its own, which neither ends with us nor is waited for. */
export function launch(
  command: readonly string[],
  folder: RunFolder,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): ChildProcess {
  const output = openSync(folder.output, 'a');
  const error = openSync(folder.error, 'a');
  try {
    const child = spawn('/bin/sh', ['-c', script, 'sh', ...command], {
      cwd: options.cwd,
      detached: true,
      env: { ...options.env, RUN_FOLDER: folder.folder },
      stdio: ['ignore', output, error],
    });
    child.unref();
    return child;
  } finally {
    closeSync(output);
    closeSync(error);
  }
}
