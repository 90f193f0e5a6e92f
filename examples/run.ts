import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { examples } from './examples.ts';
import { createRandom } from './kit/random.ts';

/**
 * `npm run example -- NAME [--data FILE] [--param NAME=VALUE]`: runs one of the projects beside this file as its users do, by
 * the command line, in a home that is new each time. The last line is `report: PATH`.
 */

const names = Object.entries(examples).map(([name, { about }]) => `  ${name.padEnd(14)}${about}`);
const { args, opts } = (() => {
  const program = new Command('npm run example --')
    .argument('<name>', 'the example')
    .option('--data <file>', 'your data in place of the generated ones')
    .option('-p, --param <name=value>', 'a parameter of the run', collect, {})
    .addHelpText('after', `\nExamples:\n${names.join('\n')}`)
    .parse();
  return { args: program.args, opts: program.opts<{ data?: string; param: Record<string, string> }>() };
})();

const [name = ''] = args;
const example = Object.hasOwn(examples, name) ? examples[name] : undefined;
if (example === undefined) fail(`there is no example ${name}. These are there:\n${names.join('\n')}`, 2);
else if (opts.data !== undefined && !existsSync(opts.data)) fail(`there is no file ${opts.data}`, 2);
else run(example);

function run({ pipeline, params: own, prepare, report }: (typeof examples)[string]): void {
  const root = path.join(import.meta.dirname, name);
  const home = path.resolve(process.env.GLUEWRIGHT_HOME ?? path.join(root, '.gluewright'));
  if (process.env.GLUEWRIGHT_HOME === undefined) rmSync(home, { recursive: true, force: true });
  const buckets = path.join(home, 's3');
  const fileOf = (address: string) => path.join(buckets, address.replace(/^s3:\/\//, ''));
  const data = opts.data === undefined ? undefined : path.resolve(opts.data);
  prepare(
    {
      put(address, content) {
        mkdirSync(path.dirname(fileOf(address)), { recursive: true });
        writeFileSync(fileOf(address), content);
      },
      random: createRandom(1),
    },
    data,
  );
  const params = { ...own, ...opts.param };
  const given = Object.entries(params).flatMap(([key, value]) => ['--param', `${key}=${value}`]);
  const cli = path.resolve(import.meta.dirname, '../cli/main.ts');
  const { status } = spawnSync(process.execPath, [cli, 'run', pipeline, ...given], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, GLUEWRIGHT_HOME: home },
  });
  const file = fileOf(report(params));
  if (status !== 0) process.exitCode = status ?? 1;
  else if (!existsSync(file)) fail(`the run succeeded, but there is no ${file}`, 1);
  else process.stdout.write(`report: ${path.relative(process.cwd(), file)}\n`);
}

function fail(message: string, status: number): void {
  process.stderr.write(`example: ${message}\n`);
  process.exitCode = status;
}

function collect(text: string, sofar: Record<string, string>): Record<string, string> {
  const [key = '', ...rest] = text.split('=');
  return { ...sofar, [key]: rest.join('=') };
}
