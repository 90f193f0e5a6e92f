import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { RunFolder } from './run-folder.ts';

/**
 * The shell script that starts every job run. It claims the run by creating a file that must not exist, so a second
 * launch after a crash does nothing. It records its identity, and then the job's exit code in one write. It survives a TERM
 * so that it can record how the job ended. It uses the shell's own commands, because each further process takes a
 * millisecond.
 */
const script = `
trap : TERM INT HUP
set -C
{ echo $$; { read -r stat < /proc/$$/stat && printf '%s\\n' "$stat"; } || ps -o lstart= -p $$; } 2>/dev/null > "$RUN_FOLDER/process" || exit 0
set +C
"$@"
echo $? > "$RUN_FOLDER/end"
`;

/** Starts the command in its own process group, detached from this process. */
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
