import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { commands } from './commands.ts';
import { refusalOf } from './refusal-of.ts';
import type { Cli } from './terminal/cli.ts';
import { type ExitCode, exitCodes } from './terminal/command-error.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Runs one command line, without the names of node and of the script. Never throws for what users can mend. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const cli: Cli = { terminal, exitCode: exitCodes.done };
  const program = new Command('gluewright')
    .description('Runs data pipelines made of AWS Glue jobs: on AWS, and on this machine.')
    .version(manifest.version)
    // A command's options stand behind its name: `new job --json` is the job's, not that of `new`.
    .enablePositionalOptions()
    .exitOverride()
    // Defaults as they are typed; commander prints them as JSON, and empty lists and tables too.
    .configureHelp({
      optionDescription: ({ description, defaultValue }) =>
        typeof defaultValue === 'string' ? `${description} (default: ${defaultValue})` : description,
    })
    .showHelpAfterError('(add --help for what it takes, and an example)')
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      // All that a command refuses begins alike; commander's own messages bring another word.
      outputError: (text, write) => write(text.replace(/^error: /, 'gluewright: ')),
    })
    .addHelpText('after', '\nExample:\n  $ npx gluewright run airport-safety --param day=2026-11-22');
  for (const register of commands) register(program, cli);

  try {
    await program.parseAsync(args, { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const refusal = refusalOf(error, terminal);
    if (refusal === undefined) throw error;
    terminal.err(`gluewright: ${refusal.message}`);
    return refusal.exitCode;
  }
}
