import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { examples } from './examples.ts';
import { approveRun } from './kit/approve-run.ts';
import type { Example, Place } from './kit/example.ts';
import { type Dev, letArrive } from './kit/let-arrive.ts';
import { createRandom } from './kit/random.ts';

/**
 * `npm run example -- NAME [--data FILE] [--param NAME=VALUE]`: runs one of these projects as its users do, with the
 * command line, in a new home each time. The last line is `report: PATH`.
 */

const names = Object.entries(examples).map(([name, { about }]) => `  ${name.padEnd(16)}${about}`);
const { args, opts } = (() => {
  const program = new Command('npm run example --')
    .argument('<name>', 'the example')
    .option('--data <file>', 'your data, if the example takes any')
    .option('-p, --param <name=value>', 'a parameter of the run', collect, {})
    .addHelpText('after', `\nExamples:\n${names.join('\n')}`)
    .parse();
  return { args: program.args, opts: program.opts<{ data?: string; param: Record<string, string> }>() };
})();

const [name = ''] = args;
const example = Object.hasOwn(examples, name) ? examples[name] : undefined;
if (example === undefined) fail(`there is no example ${name}. The examples are:\n${names.join('\n')}`, 2);
else if (opts.data !== undefined && !existsSync(opts.data)) fail(`there is no file ${opts.data}`, 2);
else if ('arrive' in example && (opts.data !== undefined || Object.keys(opts.param).length > 0))
  fail(`${name} is started by arrivals, so it takes neither --data nor --param`, 2);
else await run(example);

async function run(chosen: Example): Promise<void> {
  const root = path.join(import.meta.dirname, name);
  const home = path.resolve(process.env.GLUEWRIGHT_HOME ?? path.join(root, '.gluewright'));
  if (process.env.GLUEWRIGHT_HOME === undefined) rmSync(home, { recursive: true, force: true });
  const fileOf = (address: string) => path.join(home, 's3', address.replace(/^s3:\/\//, ''));
  const place: Place = {
    put(address, content) {
      mkdirSync(path.dirname(fileOf(address)), { recursive: true });
      writeFileSync(fileOf(address), content);
    },
    pause: (milliseconds) => setTimeout(milliseconds),
    random: createRandom(1),
  };
  const cli = path.resolve(import.meta.dirname, '../cli/main.ts');
  const env = { ...process.env, GLUEWRIGHT_HOME: home };
  if ('arrive' in chosen) {
    const why = await letArrive({ cli, root, env, runs: chosen.runs, arrive: () => chosen.arrive(place) });
    return why === undefined ? end(fileOf(chosen.report({}))) : fail(why, 1);
  }
  chosen.prepare(place, opts.data === undefined ? undefined : path.resolve(opts.data));
  const params = { ...chosen.params, ...opts.param };
  const given = Object.entries(params).flatMap(([key, value]) => ['--param', `${key}=${value}`]);
  const { approvals } = chosen;
  if (approvals !== undefined) {
    const words = [chosen.pipeline, ...given];
    const arrive = (dev: Dev) => approveRun(dev, { cli, root, env, run: words, approvals });
    const why = await letArrive({ cli, root, env, runs: 1, arrive });
    return why === undefined ? end(fileOf(chosen.report(params))) : fail(why, 1);
  }
  const { status } = spawnSync(process.execPath, [cli, 'run', chosen.pipeline, ...given], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  if (status === 0) end(fileOf(chosen.report(params)));
  else process.exitCode = status ?? 1;
}

function end(report: string): void {
  if (existsSync(report)) process.stdout.write(`report: ${path.relative(process.cwd(), report)}\n`);
  else fail(`the run succeeded, but there is no ${report}`, 1);
}

function fail(message: string, status: number): void {
  process.stderr.write(`example: ${message}\n`);
  process.exitCode = status;
}

function collect(text: string, sofar: Record<string, string>): Record<string, string> {
  const [key = '', ...rest] = text.split('=');
  return { ...sofar, [key]: rest.join('=') };
}
