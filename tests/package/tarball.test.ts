import { type ExecFileException, execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { functions } from '../../shared/deploy/functions/functions.ts';

/** The package as users get it: packed, installed into a project, and used there. */

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'gluewright-tarball-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `npm run test:package` tries other versions of Node, and other package managers. */
const node = process.env.GLUEWRIGHT_TEST_NODE ?? process.execPath;
const manager = process.env.GLUEWRIGHT_TEST_MANAGER ?? 'npm';
const env = { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) };
const installs: Readonly<Record<string, readonly string[]>> = {
  npm: ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'],
  pnpm: ['npx', '--yes', 'pnpm@12.21.0', 'add'],
  yarn: ['npx', '--yes', 'yarn@1.22.22', 'add'],
};

type Answer = { readonly code: number; readonly out: string };

function start(command: string, words: readonly string[], cwd: string): Promise<Answer> {
  return new Promise((resolve) => {
    const done = (error: ExecFileException | null, stdout: string, stderr: string): void =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: stdout + stderr });
    execFile(command, words, { cwd, env, maxBuffer: 50_000_000 }, done);
  });
}

const gluewright = (cwd: string, ...words: string[]): Promise<Answer> =>
  start(node, ['node_modules/gluewright/cli/gluewright.js', ...words], cwd);

let tarball = '';
/** Why these tests are skipped, if they are. */
let missing: string | undefined;

beforeAll(async () => {
  const { code, out } = await start('npm', ['pack', '--pack-destination', folder], root);
  expect(code, out).toBe(0);
  tarball = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  missing = await install('yaml');
  missing ??= await install('typescript');
}, 180_000);

async function install(name: string): Promise<string | undefined> {
  const project = path.join(folder, name);
  mkdirSync(project);
  // As `npm init` makes it.
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name, version: '1.0.0', type: 'commonjs' }));
  const [command = 'npm', ...words] = installs[manager] ?? [];
  const { code, out } = await start(command, [...words, tarball], project);
  if (code === 0) return undefined;
  if (/ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ENOTCACHED|ETIMEDOUT/.test(out)) return 'no registry can be reached';
  throw new Error(out);
}

const project = (name: string): string => path.join(folder, name);

test('the tarball has no sources and no tests', async () => {
  const { out } = await start('tar', ['-tzf', tarball], folder);
  const files = out.trim().split('\n');
  expect(files.filter((file) => /(?<!\.d)\.ts$/.test(file) && !file.includes('/templates/'))).toEqual([]);
  expect(files.filter((file) => /^package\/(build\/)?(tests|bench)\//.test(file))).toEqual([]);
  expect(files).toContain('package/docs/pipeline.schema.json');
  expect(files).toContain('package/docs/jobs.schema.json');
  // Without this file, jobs would start more slowly, and no test would notice.
  expect(files).toContain('package/build/cli/bundle/launch-helper.js');
  expect(files.filter((file) => file.startsWith('package/python/'))).toEqual([expect.stringMatching(/\.whl$/)]);
});

test('the Python package installs from the wheel, with pytest’s fixture', async (context) => {
  if (missing !== undefined) context.skip(missing);
  const folder = path.join(project('yaml'), 'node_modules/gluewright/python');
  const wheel = path.join(folder, readdirSync(folder).find((file) => file.endsWith('.whl')) ?? '');
  const venv = path.join(project('yaml'), '.venv');
  const made = await start('python3', ['-m', 'venv', venv], folder);
  if (made.code !== 0) context.skip('python3 makes no virtual environments here');
  const python = path.join(venv, 'bin/python');
  const installed = await start(python, ['-m', 'pip', 'install', '--no-index', '--no-deps', wheel], root);
  expect(installed.code, installed.out).toBe(0);
  const script = `import gluewright, importlib.metadata as m
print(gluewright.__version__, m.version("gluewright"), [e.value for e in m.entry_points(group="pytest11")])`;
  expect((await start(python, ['-c', script], folder)).out).toBe(`0.1.0 0.1.0 ['gluewright.testing']\n`);
  rmSync(venv, { recursive: true });
}, 300_000);

test('DuckDB installs next to it, in the version that the message names', async (context) => {
  if (missing !== undefined) context.skip(missing);
  if (manager !== 'npm') context.skip('npm alone refuses a peer in a version that the range leaves out');
  const message = readFileSync(path.join(root, 'local/sql/duckdb.ts'), 'utf8');
  const [duckdb = ''] = /@duckdb\/node-api@[\w.-]+/.exec(message) ?? [];
  expect(duckdb.split('@').at(-1)).toBe(manifest.devDependencies['@duckdb/node-api']);
  const words = ['install', '--dry-run', '--prefer-offline', '--no-audit', '--no-fund', '--save-dev', duckdb];
  const { code, out } = await start('npm', words, project('yaml'));
  expect(code, out).toBe(0);
}, 60_000);

test('the installed package takes less than 25 MB', (context) => {
  if (missing !== undefined) context.skip(missing);
  const modules = path.join(folder, 'yaml', 'node_modules');
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  // in disk blocks; pnpm's folders are links to the same files
  const sizes = new Map(
    files.map(({ parentPath, name }) => {
      const { ino, size } = statSync(path.join(parentPath, name));
      return [ino, Math.ceil(size / 4096) * 4096];
    }),
  );
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThan(25_000_000);
});

describe.each(['yaml', 'typescript'])('a project of the template %s', (template) => {
  const project = path.join(folder, template);

  test('is made, runs and validates', async (context) => {
    if (missing !== undefined) context.skip(missing);
    const made = await gluewright(project, 'init', '--template', template, '--yes');
    expect(made.out).toContain('SUCCEEDED');
    expect(made.code).toBe(0);
    expect(await gluewright(project, 'validate', '--deploy')).toMatchObject({
      code: 0,
      out: expect.stringContaining('no errors'),
    });
  });

  test('passes its own tests', async (context) => {
    if (missing !== undefined) context.skip(missing);
    const { code, out } = await start(node, ['--test'], project);
    expect(out).toMatch(/pass 2\b/);
    expect(code).toBe(0);
  });

  test('is packaged by the package’s plugin, with one bundle for each function', async (context) => {
    if (missing !== undefined) context.skip(missing);
    const serverless = path.join(root, 'node_modules/serverless/bin/serverless.js');
    const { code, out } = await start(node, [serverless, 'package'], project);
    expect(code, out).toBe(0);
    const zips = readdirSync(path.join(project, '.serverless')).filter((file) => file.endsWith('.zip'));
    expect(zips.map((file) => path.basename(file, '.zip')).sort()).toEqual(Object.keys(functions).sort());
  });
});

test('a module of the project compiles with the declarations', async (context) => {
  if (missing !== undefined) context.skip(missing);
  const project = path.join(folder, 'typescript');
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const compile = (): Promise<Answer> => start(process.execPath, [tsc, '-p', '.', '--types', ''], project);
  expect(existsSync(path.join(project, 'statemachines/orders.ts'))).toBe(true);
  expect(await compile()).toEqual({ code: 0, out: '' });
  // The names are known: the declarations are read, and are not `any`.
  writeFileSync(
    path.join(project, 'statemachines/wrong.ts'),
    `import { pipeline } from 'gluewright';
export default pipeline({ pipeline: 'p', tasks: { a: { 'glue-job': 'j', after: 'nobody' } } });\n`,
  );
  expect((await compile()).out).toContain('statemachines/wrong.ts(2,');
});
