import { Command, CommanderError } from 'commander';
import { ForeignDatabase, LockedDatabase } from '../local/open-database.ts';
import { isRefusedByDisk } from '../local/sqlite-error.ts';
import { UnusableHome } from '../local/unusable-home.ts';
import manifest from '../package.json' with { type: 'json' };
import type { Cli } from './cli.ts';
import { CommandError, type ExitCode, exitCodes } from './command-error.ts';
import { commands } from './commands.ts';
import { findProjectRoot } from './project-root.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line, without the names of node and of the script. Never throws for what users can mend. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const cli: Cli = { terminal, exitCode: exitCodes.done };
  const program = new Command('gluewright')
    .description('Runs data pipelines made of AWS Glue jobs: on AWS, and on this machine.')
    .version(manifest.version)
    .exitOverride()
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
    if (error instanceof CommandError) {
      terminal.err(`gluewright: ${error.message}`);
      return error.exitCode;
    }
    const unusable = unusableHome(error, terminal);
    if (unusable === undefined) throw error;
    terminal.err(`gluewright: ${unusable.message}`);
    return exitCodes.unavailable;
  }
}

/** What is wrong with the home, or with the disk below it. */
function unusableHome(error: unknown, terminal: Terminal): Error | undefined {
  if (error instanceof ForeignDatabase || error instanceof LockedDatabase || error instanceof UnusableHome)
    return error;
  const written = hasDiskCode(error) ? (error.path ?? '') : undefined;
  if (written === undefined && !isRefusedByDisk(error)) return undefined;
  const { home } = findProjectRoot(terminal);
  // A write that fails names no path.
  const elsewhere = written !== undefined && written !== '' && !written.startsWith(home);
  return elsewhere ? undefined : new UnusableHome(home, error);
}

function hasDiskCode(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && diskCodes.has(error.code);
}

/** Of the file system: full, over quota, read-only, not allowed, broken. */
const diskCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']);
