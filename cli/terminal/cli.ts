import type { Command } from 'commander';
import { CommandError, type ExitCode, exitCodes } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** What a command is handed. `exitCode` is what the process will end with; 0 unless the command says otherwise. */
export type Cli = { readonly terminal: Terminal; exitCode: ExitCode };

/** One command, added to the program. */
export type Register = (program: Command, cli: Cli) => void;

export type JsonOption = { readonly json?: true };

/** A command with what all of them have: `--json`, and an example in its help. */
export function addCommand(program: Command, usage: string, summary: string, example: string): Command {
  return program
    .command(usage)
    .summary(summary)
    .description(summary)
    .option('--json', 'print JSON, for programs')
    .addHelpText('after', `\nExample:\n  $ npx gluewright ${example}`);
}

/**
 * For what acts on this machine only: where the environment names a stage, that is what is meant, and nothing else is
 * touched.
 *
 * @throws {CommandError}
 */
export function assertHere({ terminal }: Cli, command: string): void {
  const stage = terminal.env.GLUEWRIGHT_STAGE;
  if (stage === undefined || stage === '') return;
  const message = `GLUEWRIGHT_STAGE is ${stage}, and ${command} speaks to this machine only: unset it first`;
  throw new CommandError(exitCodes.usage, message);
}

/** The very bytes that the API answers, where it has the same to say. */
export function printJson({ terminal }: Cli, value: unknown): void {
  terminal.out(JSON.stringify(value));
}
