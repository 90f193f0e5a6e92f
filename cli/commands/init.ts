import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { openProject } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { findGlueScripts } from '../scaffold/find-glue-scripts.ts';
import { install } from '../scaffold/install.ts';
import { hasOwnPipelines, isOfSample, placeSampleData, sample } from '../scaffold/project-sample.ts';
import { type Template, templateFiles, templates } from '../scaffold/template-files.ts';
import { writeNew } from '../scaffold/write-new.ts';
import { addCommand, type Cli, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { startedRun } from '../watch/started-run.ts';
import { followRun } from './run.ts';

type Options = JsonOption & { readonly template: string; readonly yes?: true; readonly install: boolean };

/** Makes a project without overwriting anything, and runs the sample pipeline once. */
export const init: Register = (program, cli) => {
  addCommand(program, 'init', 'make a project, and run its pipeline once', 'init shop')
    .argument('[name]', 'the folder to create it in; the current one by default')
    .option('--template <template>', `language of pipelines: ${templates.join(' or ')}`, 'yaml')
    .option('--yes', 'ask nothing')
    .option('--no-install', 'do not run npm install')
    .action(async (name: string | undefined, options: Options) => {
      const template = templates.find((one) => one === options.template);
      if (template === undefined) {
        const message = `there is no template ${options.template}; there are ${templates.join(' and ')}`;
        throw new CommandError(exitCodes.usage, message);
      }
      const root = resolve(cli.terminal.cwd, name ?? '.');
      if (existsSync(root) && !statSync(root).isDirectory())
        throw new CommandError(exitCodes.usage, `${name} is a file: name a folder`);
      if (!(await isWanted(cli, root, options))) return;
      await makeProject(cli, root, template, options);
    });
};

async function isWanted({ terminal }: Cli, root: string, { yes, json }: Options): Promise<boolean> {
  const files = existsSync(root) ? readdirSync(root) : [];
  if (yes || json || files.length === 0 || terminal.ask === undefined) return true;
  const answer = await terminal.ask(`${root} is not empty. Add a project beside what is there? [Y/n] `);
  return !/^n/i.test(answer.trim());
}

async function makeProject(cli: Cli, root: string, template: Template, options: Options): Promise<void> {
  const { terminal } = cli;
  const say = (text: string): void => (options.json ? undefined : terminal.out(text));
  const scripts = findGlueScripts(root);
  const withSample = !hasOwnPipelines(root);
  const created: string[] = [];
  const kept: string[] = [];
  mkdirSync(join(root, 'statemachines'), { recursive: true });
  for (const [file, text] of templateFiles(template, { name: serviceName(root), version: manifest.version })) {
    if (isOfSample(file) && !withSample) continue;
    (writeNew(root, file, text) ? created : kept).push(file);
  }
  for (const file of created.toSorted()) say(`created  ${file}`);
  for (const file of kept.toSorted()) say(`kept     ${file}${adviceFor(file)}`);
  for (const script of scripts) say(`found    ${script}: add it with npx gluewright new job NAME --script ${script}`);

  const failure = options.install && created.includes('package.json') ? install(root, terminal.env) : undefined;
  if (failure !== undefined) terminal.err(`gluewright: ${failure}`);

  const inside: Cli = { ...cli, terminal: { ...terminal, cwd: root, ...(options.json ? { out: () => {} } : {}) } };
  if (withSample) {
    say('');
    await runSample(inside, root);
    cli.exitCode = inside.exitCode;
  }
  if (options.json) return printJson(cli, { root, created, kept, scripts, ran: withSample, exitCode: cli.exitCode });
  for (const line of nextLines(relative(terminal.cwd, root), withSample)) terminal.out(line);
}

/** Puts the sample's file into its bucket and shows the run until its end, as `dev` would. */
async function runSample(cli: Cli, root: string): Promise<void> {
  const project = await openProject(cli);
  placeSampleData(root, project.home);
  const session = await openSession(project, {});
  try {
    await followRun(cli, session, await startedRun(session, sample.pipeline, undefined), {});
  } finally {
    await session.close();
  }
}

/** What an existing file lacks. */
function adviceFor(file: string): string {
  if (file === 'serverless.yml') return ': add plugins: [gluewright/serverless] to it';
  if (file === 'package.json')
    return ': if they are missing, npm install gluewright and npm pkg set scripts.test="node --test"';
  if (file === '.gitignore') return ': add .gluewright/, .serverless/ and dist/ to it';
  return '';
}

function nextLines(folder: string, ran: boolean): string[] {
  const page = existsSync(resolve(import.meta.dirname, '../../web/dist'));
  const report = join(folder, '.gluewright/s3/lake/reports', `${sample.day}.txt`);
  return [
    '',
    ...(ran ? [`The report of the run: ${report}`] : []),
    'Next:',
    ...(folder === '' ? [] : [`  cd ${folder}`]),
    `  npx gluewright dev${page ? ' --open' : ''}`,
    'See README.md for more.',
  ];
}

/** A service's name is part of all deployed names: letters, digits and hyphens. */
function serviceName(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return name === '' ? 'pipelines' : name;
}
