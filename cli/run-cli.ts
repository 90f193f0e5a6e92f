import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { commands } from './commands.ts';
import { refusalOf } from './refusal-of.ts';
import type { Cli } from './terminal/cli.ts';
import { type ExitCode, exitCodes } from './terminal/command-error.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Runs one command line, without the names of node and the script. Throws only for bugs. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const cli: Cli = { terminal, exitCode: exitCodes.done };
  const program = new Command('gluewright')
    .description('Runs data pipelines made of AWS Glue jobs: on AWS, and on this machine.')
    .version(manifest.version)
    // options after a subcommand belong to it: `new job --json`
    .enablePositionalOptions()
    .exitOverride()
    // defaults as users type them; commander prints JSON, even of empty lists and tables
    .configureHelp({
      optionDescription: ({ description, defaultValue }) =>
        typeof defaultValue === 'string' ? `${description} (default: ${defaultValue})` : description,
    })
    .showHelpAfterError('(--help prints the options, and an example)')
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      // commander's own messages begin with another word
      outputError: (text, write) => write(text.replace(/^error: /, 'gluewright: ')),
    })
    .addHelpText('after', '\nExample:\n  $ npx gluewright run airport-safety --param day=2026-11-22');
  for (const [name, load] of Object.entries(commands)) {
    // not only the first word: `completion` reads the options of the command that is being typed
    if (showsHelp(args) || args.includes(name)) (await load())(program, cli);
    else program.command(name);
  }

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

/** Without a known command, commander prints the help, or suggests a similar name. */
function showsHelp([first = '']: readonly string[]): boolean {
  return !Object.hasOwn(commands, first) && first !== '--version' && first !== '-V';
}
