import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Command, Option } from 'commander';
import { databases, prepareDatabases } from './demo/prepare-databases.ts';
import { takeAway } from './demo/take-away.ts';
import { worstStates } from './demo/worst-states.ts';
import { findPipeline, openProject } from './open/open-project.ts';
import { openSession } from './open/session.ts';
import { refusalOf } from './refusal-of.ts';
import type { Cli } from './terminal/cli.ts';
import { CommandError, exitCodes } from './terminal/command-error.ts';
import { processTerminal } from './terminal/terminal.ts';
import { awaitRun } from './watch/await-run.ts';
import { latestRun, startedRun } from './watch/started-run.ts';

const pipeline = 'airport-safety';

const program = new Command('npm run demo --')
  .description('Four databases, five Glue jobs, one report: started by a file that arrives, advanced by events.')
  .addOption(
    new Option('--fail <task>', 'take that extract’s database away, so that its job fails').choices(databases),
  );
program.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.done : exitCodes.usage));
const { fail } = program.parse().opts<{ fail?: string }>();

const cli: Cli = { terminal: processTerminal(), exitCode: exitCodes.done };
try {
  await demo(fail);
} catch (error) {
  const refusal = refusalOf(error, cli.terminal);
  if (refusal === undefined) throw error;
  cli.terminal.err(`demo: ${refusal.message}`);
  cli.exitCode = refusal.exitCode;
}
process.exitCode = cli.exitCode;

async function demo(failing: string | undefined): Promise<void> {
  const { terminal } = cli;
  const project = await openProject(cli);
  findPipeline(project, pipeline);
  if (spawnSync('python3', ['--version']).status !== 0) {
    throw new CommandError(exitCodes.unavailable, 'its jobs are Python scripts, and python3 is not installed');
  }
  const place = (path: string): string => relative(terminal.cwd, path);
  const buckets = join(project.home, 's3');

  const rows = prepareDatabases(join(buckets, 'databases'), join(project.home, 'demo'));
  const counts = Object.entries(rows).map(([name, count]) => `${name} ${count.toLocaleString('en')}`);
  terminal.out(`databases   ${place(join(buckets, 'databases'))}/  (rows: ${counts.join(', ')})`);

  const giveBack =
    failing === undefined
      ? undefined
      : takeAway(join(buckets, 'databases'), `${failing}.sqlite`, join(project.home, 'demo'));
  if (failing !== undefined) terminal.out(`taken away  ${failing}.sqlite, for this run only`);
  const session = await openSession(project);
  try {
    const day = new Date(session.system.clock()).toISOString().slice(0, 10);
    const marker = join(buckets, 'landing', 'exports', day, '_SUCCESS');
    const earlier = await latestRun(session, pipeline);
    mkdirSync(dirname(marker), { recursive: true });
    writeFileSync(marker, `${new Date(session.system.clock()).toISOString()}\n`);
    terminal.out(`arrived     s3://landing/exports/${day}/_SUCCESS\n`);

    const id = await startedRun(session, pipeline, earlier);
    const run = await awaitRun(cli, session, id, false);
    if (run === undefined || cli.exitCode === exitCodes.interrupted) return;
    const report = join(buckets, 'lake', pipeline, day, 'report.csv');
    if (run.status === 'SUCCEEDED') {
      terminal.out('\nthe ten worst states by bird strikes per 100,000 departures:\n');
      terminal.out(
        worstStates(readFileSync(report, 'utf8'), 10)
          .map((line) => `  ${line}`)
          .join('\n'),
      );
    }
    terminal.out('');
    terminal.out(
      `logs        ${place(join(project.home, 'job-runs'))}/    npx gluewright logs ${id} ${failing ?? 'report'}`,
    );
    terminal.out(`history     ${place(join(project.home, 'gluewright.db'))}    npx gluewright show ${id} --history`);
    if (giveBack !== undefined) {
      giveBack();
      terminal.out(`given back  ${failing}.sqlite: the rerun will find it`);
    }
    if (run.status === 'SUCCEEDED') terminal.out(`report: ${place(report)}`);
  } finally {
    await session.close();
    giveBack?.();
  }
}
