import { existsSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { loadDeployment } from '../../infra/deployment.ts';
import { readService } from '../../infra/read-service.ts';
import { isPipelineFile, readJobsFile, readPipelineFile } from '../../project/project-files.ts';
import { isRawMachineFile, readRawMachine } from '../../project/raw-machines.ts';
import { readProject } from '../../project/read-project.ts';
import { present } from '../../shared/json.ts';
import type { Problem } from '../../shared/reading/problem.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { problemLines } from '../render/problem-lines.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Prints all problems of all files at once. Warnings alone do not fail, except with `--strict`. */
export const validate: Register = (program, cli) => {
  addCommand(
    program,
    'validate',
    'check the project’s files, or those named',
    'validate statemachines/airport-safety.yml',
  )
    .argument('[files...]', 'pipeline files or jobs.yml; all of the project’s when none is named')
    .option('--deploy', 'also find what AWS would reject, or do differently; needs no network')
    .option('--strict', 'treat warnings as errors')
    .option('--stage <name>', 'the stage for --deploy; by default that of serverless.yml')
    .action(async (files: string[], options: Options) => {
      const { terminal } = cli;
      if (files.length > 0 && options.deploy) {
        throw new CommandError(exitCodes.usage, '--deploy checks the whole project: name no files');
      }
      if (options.stage !== undefined && !options.deploy) {
        throw new CommandError(exitCodes.usage, '--stage works only with --deploy: add --deploy');
      }
      const { checked, problems: found } =
        files.length === 0 ? await checkProject(terminal, options) : await checkFiles(terminal, files);
      const problems = options.strict ? found.map((problem) => ({ ...problem, severity: 'error' as const })) : found;
      const errors = problems.filter((problem) => problem.severity === 'error').length;
      if (errors > 0) cli.exitCode = exitCodes.failed;
      if (options.json) return printJson(cli, { ok: errors === 0, files: checked, problems });
      for (const problem of problems) terminal.out(`${problemLines(terminal, problem).join('\n')}\n`);
      const warnings = problems.length - errors;
      const summary = [count(errors, 'error'), ...(warnings > 0 ? [count(warnings, 'warning')] : [])].join(', ');
      terminal.out(
        `${count(checked.length, 'file')} checked: ${terminal.style(errors > 0 ? 'red' : 'green', summary)}`,
      );
    });
};

type Checked = { readonly checked: readonly string[]; readonly problems: readonly Problem[] };

type Options = JsonOption & { readonly deploy?: true; readonly strict?: true; readonly stage?: string };

async function checkProject(terminal: Terminal, options: Options): Promise<Checked> {
  const { root } = findProjectRoot(terminal);
  const { files, problems } = await readProject(root, terminal.cwd);
  if (!options.deploy) return { checked: files, problems };
  const service = relative(terminal.cwd, join(root, 'serverless.yml'));
  const onAws = await checkDeployment(root, terminal, options.stage);
  // the deployment reads the same files; its problem at a place replaces ours
  const places = [...problems, ...onAws].map((problem): [string, Problem] => [placeOf(problem), problem]);
  return { checked: [...files, service], problems: [...new Map(places).values()] };
}

async function checkDeployment(root: string, { cwd, env }: Terminal, stage?: string): Promise<readonly Problem[]> {
  const { source, problems } = readService(root, cwd, { env, ...present({ stage }) });
  if (source === undefined) return problems;
  const deployment = await loadDeployment(source);
  return [...deployment.problems, ...deployment.warnings];
}

function placeOf({ file, line, column, code, message }: Problem): string {
  return [file, line, column, code, message].join('\n');
}

async function checkFiles({ cwd }: Terminal, files: readonly string[]): Promise<Checked> {
  const problems: Problem[] = [];
  for (const file of files) {
    const path = resolve(cwd, file);
    if (!existsSync(path)) throw new CommandError(exitCodes.notFound, `there is no file ${file}`);
    if (statSync(path).isDirectory()) {
      throw new CommandError(
        exitCodes.usage,
        `${file} is a folder: give its files, or no file to check the whole project`,
      );
    }
    if (!isPipelineFile(path) && !isRawMachineFile(path)) {
      throw new CommandError(
        exitCodes.usage,
        `${file} is neither YAML nor a TypeScript module nor Amazon States Language`,
      );
    }
    problems.push(...(await problemsOf(path, file)));
  }
  return { checked: files, problems };
}

async function problemsOf(path: string, file: string): Promise<readonly Problem[]> {
  if (isRawMachineFile(path)) return readRawMachine(path, file).problems;
  if (/^jobs\.ya?ml$/.test(basename(path))) return readJobsFile(path, file).problems;
  return (await readPipelineFile(path, file)).flatMap(({ problems }) => problems);
}

function count(number: number, noun: string): string {
  return `${number === 0 ? 'no' : number} ${noun}${number === 1 ? '' : 's'}`;
}
