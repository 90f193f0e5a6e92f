import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../local/storage/make-folder.ts';
import { placeholderTarget } from '../../project/project-files.ts';
import { compile as compilePipeline } from '../../shared/asl/compile.ts';
import type { CompiledMachine } from '../../shared/asl/compiled.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { table } from '../render/table.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export const compile: Register = (program, cli) => {
  addCommand(program, 'compile', 'print a pipeline’s state machine', 'compile airport-safety --out build')
    .argument('<pipeline>', 'its name')
    .option('--out <dir>', 'write NAME.asl.json files there, and print their sizes')
    .action(async (name: string, options: JsonOption & { out?: string }) => {
      const { terminal } = cli;
      const { pipeline } = findPipeline(await openProject(cli), name);
      const compiled = compilePipeline(pipeline, placeholderTarget);
      const { problem } = compiled;
      if (problem !== undefined) throw new CommandError(exitCodes.failed, `${problem.message}; ${problem.remedy}`);
      const { machines, gates } = compiled;
      if (options.out === undefined) {
        const definitions = Object.fromEntries(machines.map((machine) => [machine.name, machine.definition]));
        return cli.terminal.out(
          JSON.stringify(machines.length === 1 ? machines[0].definition : definitions, undefined, 2),
        );
      }
      const folder = resolve(terminal.cwd, options.out);
      const written = writeInto(folder, machines);
      if (options.json) return printJson(cli, { pipeline: name, gates, machines: written });
      const right = (title: string) => ({ title, align: 'right' as const });
      const rows = written.map((machine) => [
        machine.name,
        ...[machine.states, machine.bytes, machine.events].map((figure) => figure.toLocaleString('en')),
        machine.file,
      ]);
      const columns = [{ title: 'MACHINE' }, right('STATES'), right('BYTES'), right('MOST EVENTS'), { title: 'FILE' }];
      terminal.out(table(columns, rows).join('\n'));
    });
};

type Written = Omit<CompiledMachine, 'definition'> & { readonly file: string };

/** @throws {CommandError} if the folder cannot be made or written to */
function writeInto(folder: string, machines: readonly CompiledMachine[]): readonly Written[] {
  try {
    makeFolder(folder);
    return machines.map(({ definition, ...figures }) => {
      const file = join(folder, `${figures.name}.asl.json`);
      writeFileSync(file, `${JSON.stringify(definition, undefined, 2)}\n`);
      return { ...figures, file };
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(exitCodes.usage, `--out takes a writable folder: ${why}`);
  }
}
