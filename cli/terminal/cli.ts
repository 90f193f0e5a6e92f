import type { Command } from 'commander';
import { CommandError, type ExitCode, exitCodes } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** The context of a command. `exitCode` is the process's exit code; 0 unless the command sets it. */
export type Cli = { readonly terminal: Terminal; exitCode: ExitCode };

/** One command, added to the program. */
export type Register = (program: Command, cli: Cli) => void;

export type JsonOption = { readonly json?: true };

/** Declares a command with `--json` and an example in its help. */
export function addCommand(program: Command, usage: string, summary: string, example: string): Command {
  return program
    .command(usage)
    .summary(summary)
    .description(summary)
    .option('--json', 'print JSON, for programs')
    .addHelpText('after', `\nExample:\n  $ npx gluewright ${example}`);
}

/**
 * For commands that act only on this machine: if the environment names a stage, nothing is touched.
 *
 * @throws {CommandError}
 */
export function assertHere({ terminal }: Cli, command: string): void {
  const stage = terminal.env.GLUEWRIGHT_STAGE;
  if (stage === undefined || stage === '') return;
  const message = `GLUEWRIGHT_STAGE is ${stage}, and ${command} works only on this machine: unset it first`;
  throw new CommandError(exitCodes.usage, message);
}

/** Prints the API's bytes, if the API has the same answer. */
export function printJson({ terminal }: Cli, value: unknown): void {
  terminal.out(JSON.stringify(value));
}
