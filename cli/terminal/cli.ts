import type { Command } from 'commander';
import type { ExitCode } from './command-error.ts';
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

/** The very bytes that the API answers, where it has the same to say. */
export function printJson({ terminal }: Cli, value: unknown): void {
  terminal.out(JSON.stringify(value));
}
