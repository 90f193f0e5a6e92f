import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Deployable } from '../../local/stack/deployment.ts';
import { readProject } from '../../project/read-project.ts';
import type { Problem } from '../../shared/reading/problem.ts';
import { type DeployedDigests, deployedDigests } from '../open/deployed-digests.ts';
import { type OpenProject, withoutErrors } from '../open/open-project.ts';
import { problemLines } from '../render/problem-lines.ts';
import type { Cli } from '../terminal/cli.ts';

/**
 * How often the files' times and sizes are compared. The files are read after a change, once two looks agree: an editor
 * may write a file in two steps.
 */
const lookMilliseconds = 250;
/** Comparing may take this share of the time, so it is rarer in a large project. */
const share = 1 / 400;
const mostMilliseconds = 2_000;

/** The result of a change of files. */
export type FileNews = Pick<Changes, 'deployed' | 'removed'> & {
  readonly problems: readonly Problem[];
  readonly failure?: string;
};

export type FollowFiles = {
  readonly json: boolean;
  readonly signal: AbortSignal;
  deploy(next: Deployable): Promise<void>;
  /** Called after each deployment. */
  onDeployed(digests: DeployedDigests): void;
  /** Called with the changes and the remaining problems. */
  onNews(news: FileNews): void;
};

/**
 * Deploys changes in `statemachines/` and `jobs/` and prints them, until `signal` is aborted. A file with errors keeps
 * its last valid contents.
 */
export async function followFiles(
  cli: Cli,
  project: OpenProject,
  { json, signal, deploy, onDeployed, onNews }: FollowFiles,
): Promise<void> {
  const { terminal } = cli;
  let deployed: Definitions = project;
  let broken = project.leftOut;
  let before = '';
  let read = '';
  let scripts = scriptsIn(project.root);

  async function redeploy(): Promise<void> {
    const next = withoutErrors(await readProject(project.root, terminal.cwd));
    const target = withFormer(next, deployed);
    const digests = deployedDigests(target);
    const changes = compare(deployedDigests(deployed), digests);
    const pipelines = target.pipelines.map(({ pipeline }) => pipeline);
    await deploy({
      pipelines,
      jobs: target.jobs,
      crawlers: target.crawlers,
      rulesets: target.rulesets,
      pools: target.pools,
      definitions: target.machines,
    });
    deployed = target;
    onDeployed(digests);
    const formerly = broken;
    broken = next.leftOut;
    const isNew = JSON.stringify(formerly) !== JSON.stringify(broken);
    if (isNew) for (const problem of broken) terminal.err(problemLines(terminal, problem).join('\n'));
    const wrong = new Set(broken.map(({ file }) => file));
    const mended = [...new Set(formerly.map(({ file }) => file))].filter((file) => !wrong.has(file));
    const written = changedScripts(scripts, scriptsIn(project.root));
    scripts = scriptsIn(project.root);
    const all: Changes = { ...changes, mended, written };
    if (!isNew && Object.values(all).every((names) => names.length === 0)) return;
    onNews({ deployed: all.deployed, removed: all.removed, problems: broken });
    if (json) terminal.out(JSON.stringify({ ...all, problems: broken }));
    else for (const line of news(all)) terminal.out(line);
  }

  while (!signal.aborted) {
    const began = performance.now();
    const now = stateOf(project.root);
    const pause = Math.min((performance.now() - began) / share, mostMilliseconds);
    const settled = now === before;
    before = now;
    if (settled && now !== read) {
      read = now;
      await redeploy().catch((error: unknown) => {
        const failure = error instanceof Error ? error.message : String(error);
        onNews({ deployed: [], removed: [], problems: [], failure });
        terminal.err(`gluewright: the files were not deployed: ${failure}`);
      });
    }
    const isQuiet = now === read;
    await setTimeout(isQuiet ? Math.max(lookMilliseconds, pause) : lookMilliseconds, undefined, { signal }).catch(
      () => undefined,
    );
  }
}

type Definitions = Pick<OpenProject, 'pipelines' | 'machines' | 'jobs' | 'crawlers' | 'rulesets' | 'pools'>;

/** Files with errors keep their deployed definitions, and jobs with errors theirs. */
function withFormer(next: Definitions & Pick<OpenProject, 'leftOut'>, former: Definitions): Definitions {
  const broken = new Set(next.leftOut.map(({ file }) => file));
  const names = new Set([
    ...next.pipelines.map(({ pipeline }) => pipeline.name),
    ...next.machines.map(({ name }) => name),
  ]);
  return {
    pipelines: [
      ...next.pipelines,
      ...former.pipelines.filter(({ file, pipeline }) => broken.has(file) && !names.has(pipeline.name)),
    ],
    machines: [...next.machines, ...former.machines.filter(({ file, name }) => broken.has(file) && !names.has(name))],
    jobs: broken.size === 0 ? next.jobs : { ...former.jobs, ...next.jobs },
    crawlers: broken.size === 0 ? next.crawlers : { ...former.crawlers, ...next.crawlers },
    rulesets: broken.size === 0 ? next.rulesets : { ...former.rulesets, ...next.rulesets },
    pools: broken.size === 0 ? next.pools : { ...former.pools, ...next.pools },
  };
}

type Changes = {
  readonly deployed: readonly string[];
  readonly removed: readonly string[];
  /** Files that had errors and have none now. */
  readonly mended: readonly string[];
  /** Scripts and other files of jobs, which the next job run reads. */
  readonly written: readonly string[];
};

function news({ deployed, removed, mended, written }: Changes): string[] {
  return [
    ...mended.map((file) => `${file} has no errors any more`),
    ...(deployed.length > 0 ? [`deployed: ${deployed.join(', ')} (live runs keep their definition)`] : []),
    ...(removed.length > 0 ? [`removed: ${removed.join(', ')}`] : []),
    ...(written.length > 0 ? [`changed: ${written.join(', ')} (the next job run uses it)`] : []),
  ];
}

function compare(before: DeployedDigests, now: DeployedDigests): Pick<Changes, 'deployed' | 'removed'> {
  return {
    deployed: Object.keys(now).filter((name) => now[name] !== before[name]),
    removed: Object.keys(before).filter((name) => now[name] === undefined),
  };
}

/** Changes with every file that is written, added or removed. */
function stateOf(root: string): string {
  return linesOf(root, ['statemachines', 'jobs']).join('\n');
}

/** The state of every file of `jobs/` that is not the description of the jobs. */
function scriptsIn(root: string): readonly string[] {
  return linesOf(root, ['jobs']).filter((line) => !/^jobs\/jobs\.ya?ml /.test(line));
}

function changedScripts(before: readonly string[], now: readonly string[]): string[] {
  const known = new Set(before);
  return now.flatMap((line) => (known.has(line) ? [] : [line.split(' ').slice(0, -2).join(' ')]));
}

/** Name, time and size of each file. */
function linesOf(root: string, folders: readonly string[]): string[] {
  const states = folders.flatMap((folder) => {
    const names = filesIn(join(root, folder));
    return names.map((name) => {
      const found = statSync(join(root, folder, name), { throwIfNoEntry: false });
      if (found?.isDirectory() === true) return '';
      return `${folder}/${name} ${found?.mtimeMs} ${found?.size}`;
    });
  });
  return states.filter((line) => line !== '').sort();
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}
