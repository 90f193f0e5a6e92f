import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Problem } from '../../shared/pipeline/problem.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../cli.ts';
import { CommandError, exitCodes } from '../command-error.ts';
import { readProject } from '../project.ts';
import { isPipelineFile, readJobsFile, readPipelineFile } from '../project-files.ts';
import { findProjectRoot } from '../project-root.ts';
import { isRawMachineFile, readRawMachine } from '../raw-machines.ts';
import { problemLines } from '../render/problem-lines.ts';
import type { Terminal } from '../terminal.ts';

/** Prints all problems of all files at once. Warnings alone are no failure. */
export const validate: Register = (program, cli) => {
  addCommand(
    program,
    'validate',
    'check the project’s files, or those named',
    'validate statemachines/airport-safety.yml',
  )
    .argument('[files...]', 'pipeline files or jobs.yml; all of the project’s when none is named')
    .action(async (files: string[], options: JsonOption) => {
      const { terminal } = cli;
      const { checked, problems } =
        files.length === 0 ? await checkProject(terminal) : await checkFiles(terminal, files);
      const errors = problems.filter((problem) => problem.severity === 'error').length;
      if (errors > 0) cli.exitCode = exitCodes.failed;
      if (options.json) return printJson(cli, { ok: errors === 0, files: checked, problems });
      for (const problem of problems) terminal.out(`${problemLines(terminal, problem).join('\n')}\n`);
      const warnings = problems.length - errors;
      const found = [count(errors, 'error'), ...(warnings > 0 ? [count(warnings, 'warning')] : [])].join(', ');
      terminal.out(`${count(checked.length, 'file')} checked: ${terminal.style(errors > 0 ? 'red' : 'green', found)}`);
    });
};

type Checked = { readonly checked: readonly string[]; readonly problems: readonly Problem[] };

async function checkProject(terminal: Terminal): Promise<Checked> {
  const project = await readProject(findProjectRoot(terminal).root, terminal.cwd);
  return { checked: project.files, problems: project.problems };
}

async function checkFiles({ cwd }: Terminal, files: readonly string[]): Promise<Checked> {
  const problems: Problem[] = [];
  for (const file of files) {
    const path = resolve(cwd, file);
    if (!existsSync(path)) throw new CommandError(exitCodes.notFound, `there is no file ${file}`);
    if (!isPipelineFile(path) && !isRawMachineFile(path)) {
      throw new CommandError(
        exitCodes.usage,
        `${file} is neither YAML nor a TypeScript module nor Amazon States Language`,
      );
    }
    problems.push(...(await readOne(path, file)).problems);
  }
  return { checked: files, problems };
}

function readOne(path: string, file: string): Promise<Pick<Checked, 'problems'>> | Pick<Checked, 'problems'> {
  if (isRawMachineFile(path)) return readRawMachine(path, file);
  return /^jobs\.ya?ml$/.test(basename(path)) ? readJobsFile(path, file) : readPipelineFile(path, file);
}

function count(number: number, noun: string): string {
  return `${number === 0 ? 'no' : number} ${noun}${number === 1 ? '' : 's'}`;
}
