import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { jobsFileIn } from '../../project/project-files.ts';
import { readProject } from '../../project/read-project.ts';
import { present } from '../../shared/json.ts';
import { paramTypes } from '../../shared/pipeline/file/schema.ts';
import { jobTypes } from '../../shared/pipeline/jobs/jobs-schema.ts';
import type { Problem } from '../../shared/reading/problem.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { problemLines } from '../render/problem-lines.ts';
import { addToJobsFile, findTaken } from '../scaffold/add-to-jobs-file.ts';
import { collectParams } from '../scaffold/collect-params.ts';
import { type ParamType, pipelineText, scriptText, testText } from '../scaffold/new-texts.ts';
import { makeFiles } from '../scaffold/pipeline-template.ts';
import { pipelineTemplates } from '../scaffold/pipeline-templates.ts';
import { sampleOptions } from '../scaffold/sample-options.ts';
import { writeNew } from '../scaffold/write-new.ts';
import { addCommand, type Cli, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { collect } from '../terminal/collect.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

/** Adds a pipeline, job or test to the project, and validates it. Overwrites nothing. */
export const newThing: Register = (program, cli) => {
  const group = addCommand(program, 'new', 'add a pipeline, a job or a test', 'new job load')
    .option('--template <template>', 'make a pipeline with its jobs and crawlers from a template')
    .option('-p, --param <name=value>', 'a parameter of the template', collect('--param', 'NAME=VALUE'), {})
    .addHelpText('after', () => `\nTemplates, and their parameters:\n${templateLines().join('\n')}`)
    .allowExcessArguments()
    .action((options: TemplateOptions) => newFromTemplate(group, cli, options));
  // options after `new job` belong to that subcommand
  group.enablePositionalOptions();
  newPipeline(group, cli);
  newJob(group, cli);
  newTest(group, cli);
};

type TemplateOptions = JsonOption & {
  readonly template?: string;
  readonly param: Readonly<Record<string, string>>;
};

async function newFromTemplate(group: Command, cli: Cli, options: TemplateOptions): Promise<void> {
  const [thing] = group.args;
  if (thing !== undefined)
    throw new CommandError(exitCodes.usage, `new ${thing} is not known: there are pipeline, job, test and --template`);
  if (options.template === undefined) group.help({ error: true });
  const template = Object.hasOwn(pipelineTemplates, options.template) ? pipelineTemplates[options.template] : undefined;
  if (template === undefined) {
    const known = Object.keys(pipelineTemplates).join(', ');
    throw new CommandError(exitCodes.usage, `there is no template ${options.template}; there are ${known}`);
  }
  const { root } = findProjectRoot(cli.terminal);
  const collected = await collectParams(template, options.param, cli.terminal);
  if ('problems' in collected) throw new CommandError(exitCodes.usage, collected.problems.join('\ngluewright: '));
  const derived = template.derive(collected.values);
  if ('problem' in derived) throw new CommandError(exitCodes.usage, derived.problem);
  const made = makeFiles(options.template, template, { ...collected.values, ...derived.values });
  const jobsFile = jobsFileIn(root);
  // everything is checked before the first file is written
  for (const file of made.files.keys()) refuseExisting(root, file, !existsSync(join(root, file)));
  refuseTaken(jobsFile, findTaken(root, made.entries));
  for (const [file, text] of made.files) refuseExisting(root, file, writeNew(root, file, text));
  refuseTaken(jobsFile, addToJobsFile(root, made.entries));
  await report(cli, root, options, [...made.files.keys(), jobsFile]);
}

function templateLines(): string[] {
  return Object.entries(pipelineTemplates).flatMap(([name, { about, params }]) => [
    `  ${name}: ${about}`,
    ...params.map((param) => `    ${param.name.padEnd(10)}${param.type.padEnd(16)}${param.about}`),
  ]);
}

type PipelineOptions = JsonOption & {
  readonly job: readonly string[];
  readonly param: Readonly<Record<string, string>>;
  readonly schedule?: string;
  readonly timezone?: string;
  readonly arrival?: string;
};

function newPipeline(group: Command, cli: Cli): void {
  addCommand(group, 'pipeline', 'a pipeline of jobs, one after the other', 'new pipeline sales --job load --job report')
    .argument('[name]', 'its name; you are asked for it if it is missing')
    .option('-j, --job <job>', 'a job; give several in their order', (job, before: string[]) => [...before, job], [])
    .option('-p, --param <name=type>', `a parameter: ${paramTypes.join(', ')}`, collect('--param', 'NAME=TYPE'), {})
    .option('--schedule <expression>', 'when its runs start, such as "cron(0 3 * * ? *)"')
    .option('--timezone <zone>', 'the time zone of the schedule; UTC by default')
    .option('--arrival <address>', 'the objects that start its runs, such as s3://landing/sales/{day}.csv')
    .action(async (given: string | undefined, options: PipelineOptions) => {
      const name = await nameOf(cli, given, 'Name of the pipeline');
      const { root } = findProjectRoot(cli.terminal);
      const jobs = options.job.length > 0 ? options.job : [await nameOf(cli, undefined, 'Its job', '--job')];
      const arrival = options.arrival === undefined ? undefined : readAddress(options.arrival);
      const params = readParams(options.param, arrival?.key);
      const { schedule, timezone } = options;
      const text = pipelineText({
        name,
        jobs,
        params,
        ...present({ schedule, timezone, arrival }),
      });
      const file = `statemachines/${name}.yml`;
      refuseExisting(root, file, writeNew(root, file, text));
      await report(cli, root, options, [file]);
    });
}

type JobOptions = JsonOption & { readonly type: string; readonly script?: string };

function newJob(group: Command, cli: Cli): void {
  addCommand(group, 'job', 'a job, with its script', 'new job load --script etl/load.py')
    .argument('[name]', 'its name; you are asked for it if it is missing')
    .option('--type <type>', `its type: ${jobTypes.join(' or ')}`, 'pythonshell')
    .option('--script <path>', 'its script, from the project’s root; jobs/NAME.py by default')
    .action(async (given: string | undefined, options: JobOptions) => {
      const name = await nameOf(cli, given, 'Name of the job');
      const { root } = findProjectRoot(cli.terminal);
      const jobsFile = jobsFileIn(root);
      const { type, script = `jobs/${name}.py` } = options;
      if (!jobTypes.some((one) => one === type))
        throw new CommandError(exitCodes.usage, `--type takes ${jobTypes.join(' or ')}, not ${type}`);
      refuseTaken(jobsFile, addToJobsFile(root, { jobs: { [name]: { script, type } } }));
      const written = writeNew(root, script, scriptText(name)) ? [script] : [];
      await report(cli, root, options, [jobsFile, ...written]);
    });
}

function newTest(group: Command, cli: Cli): void {
  addCommand(group, 'test', 'a test of a pipeline, on a virtual clock', 'new test sales')
    .argument('[pipeline]', 'its name; you are asked for it if it is missing')
    .action(async (given: string | undefined, options: JsonOption) => {
      const name = await nameOf(cli, given, 'Pipeline to test');
      const project = await openProject(cli);
      const { root } = project;
      const { file, pipeline } = findPipeline(project, name);
      const source = relative(root, join(cli.terminal.cwd, file));
      const test = `tests/${name}.test.mjs`;
      const tasks = pipeline.tasks.map((task) => task.name);
      const text = testText(source, { name, tasks, options: sampleOptions(pipeline) });
      refuseExisting(root, test, writeNew(root, test, text));
      await report(cli, root, options, [test]);
    });
}

async function nameOf(
  { terminal }: Cli,
  given: string | undefined,
  question: string,
  option = 'NAME',
): Promise<string> {
  const name = given ?? (await terminal.ask?.(`${question}: `))?.trim() ?? '';
  if (name === '') throw new CommandError(exitCodes.usage, `${question.toLowerCase()}: give ${option}`);
  // it becomes a file's name
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name))
    throw new CommandError(exitCodes.usage, `${name} is not a name: use letters, digits, - and _`);
  return name;
}

function readAddress(address: string): { readonly bucket: string; readonly key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
  if (bucket !== undefined && key !== undefined) return { bucket, key };
  throw new CommandError(exitCodes.usage, `--arrival takes s3://BUCKET/KEY, not ${address}`);
}

/** Parameters that the key binds become parameters of the pipeline, as strings unless typed. */
function readParams(given: Readonly<Record<string, string>>, key = ''): Record<string, ParamType> {
  const bound = [...key.matchAll(/\{(\w+)\}/g)].map(([, name = '']): [string, ParamType] => [name, 'string']);
  const typed = Object.entries(given).map(([name, text]): [string, ParamType] => {
    const type = paramTypes.find((one) => one === text);
    if (type !== undefined) return [name, type];
    throw new CommandError(
      exitCodes.usage,
      `--param ${name}: ${text} is not a type; there are ${paramTypes.join(', ')}`,
    );
  });
  return Object.fromEntries([...bound, ...typed]);
}

function refuseExisting(root: string, file: string, written: boolean): void {
  if (!written) throw new CommandError(exitCodes.usage, `${file} already exists in ${root}`);
}

function refuseTaken(jobsFile: string, taken: string | undefined): void {
  if (taken !== undefined) throw new CommandError(exitCodes.usage, `${jobsFile} already has a ${taken}`);
}

/** Prints what was written, and what `validate` says about it. */
async function report(cli: Cli, root: string, options: JsonOption, files: readonly string[]): Promise<void> {
  const { terminal } = cli;
  const known = existsSync(join(root, 'statemachines')) ? (await readProject(root, root)).problems : [];
  const problems = known.filter((problem: Problem) => files.includes(problem.file));
  if (problems.some(({ severity }) => severity === 'error')) cli.exitCode = exitCodes.failed;
  if (options.json) return printJson(cli, { files, problems });
  for (const file of files) terminal.out(`${file === jobsFileIn(root) ? 'changed ' : 'created '} ${file}`);
  for (const problem of problems) terminal.out(`\n${problemLines(terminal, problem).join('\n')}`);
}
