import { spawnSync } from 'node:child_process';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {CommandError} with the end of pip's output */
export function runPip(python: string, modules: readonly string[], env: Environment, ...options: string[]): void {
  if (modules.length === 0) return;
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  runProgram([python, ...install, ...options, ...modules], env);
}

/** @throws {CommandError} with the end of the program's output */
export function runProgram([program = '', ...args]: readonly string[], env: Environment): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8', env: { ...env } });
  if (status === 0) return;
  const said = error?.message ?? stderr.trim().split('\n').slice(-10).join('\n');
  throw new CommandError(exitCodes.unavailable, `${program} ${args.join(' ')} failed:\n${said}`);
}
