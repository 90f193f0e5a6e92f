import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { prepareDatabases } from '../../cli/demo/prepare-databases.ts';

const root = path.resolve(import.meta.dirname, '../..');

export const stage = 'ms';
export const stack = `gluewright-${stage}`;

/** The bucket's name from serverless.yml in MiniStack's account. */
export const bucketOf = (name: string, of = stack): string => `${of}-${name}-000000000000-eu-west-1`;

export type TestProject = {
  readonly folder: string;
  readonly databases: string;
  /** Rewrites one of its files. */
  change(file: string, how: (text: string) => string): void;
  /** @throws with the whole output */
  serverless(command: 'deploy' | 'remove', env: Readonly<Record<string, string>>): Promise<void>;
  delete(): void;
};

/** A copy of this project with the demo and the pipelines of one folder of `projects`. */
export function makeTestProject(pipelines: 'deploy' | 'history'): TestProject {
  const folder = mkdtempSync(path.join(tmpdir(), 'gluewright-deployed-'));
  const own = path.join(import.meta.dirname, 'projects');
  for (const name of ['statemachines', 'jobs', 'serverless.yml', 'package.json'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  cpSync(path.join(own, 'jobs'), path.join(folder, 'jobs'), { recursive: true });
  cpSync(path.join(own, pipelines), path.join(folder, 'statemachines'), { recursive: true });
  for (const name of ['infra', 'node_modules']) symlinkSync(path.join(root, name), path.join(folder, name));
  const change: TestProject['change'] = (file, how) => {
    const absolute = path.join(folder, file);
    writeFileSync(absolute, how(readFileSync(absolute, 'utf8')));
  };
  const jobs = readFileSync(path.join(own, 'jobs.yml'), 'utf8').replaceAll(/^/gm, '  ');
  change('jobs/jobs.yml', (text) => `${text.trimEnd()}\n\n${jobs.trimEnd()}\n`);
  const databases = path.join(folder, 'databases');
  prepareDatabases(databases, path.join(folder, 'drafts'));
  return {
    folder,
    databases,
    change,
    serverless: (command, env) => serverless(folder, command, env),
    delete: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Copies an example, and installs this project's plugin in it. */
export function makeExampleProject(name: string): Pick<TestProject, 'folder' | 'serverless' | 'delete'> {
  const folder = mkdtempSync(path.join(tmpdir(), `gluewright-${name}-`));
  for (const entry of readdirSync(path.join(root, 'examples', name))) {
    if (!entry.startsWith('.'))
      cpSync(path.join(root, 'examples', name, entry), path.join(folder, entry), { recursive: true });
  }
  for (const shared of ['infra', 'node_modules']) symlinkSync(path.join(root, shared), path.join(folder, shared));
  const settings = path.join(folder, 'serverless.yml');
  const text = readFileSync(settings, 'utf8');
  writeFileSync(settings, text.replace('gluewright/serverless', './infra/gluewright-plugin.mjs'));
  return {
    folder,
    serverless: (command, env) => serverless(folder, command, env),
    delete: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function serverless(
  folder: string,
  command: 'deploy' | 'remove',
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const bin = path.join(root, 'node_modules/serverless/bin/serverless.js');
  const settings = { PATH: process.env.PATH, HOME: path.join(folder, 'no-home'), ...env };
  await promisify(execFile)(process.execPath, [bin, command, '--stage', stage], { cwd: folder, env: settings });
}
