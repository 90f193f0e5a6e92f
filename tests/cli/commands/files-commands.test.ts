import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../cli/commands.ts';
import { readModule } from '../../../project/read-module.ts';
import { createProject, folder, gluewright } from '../project-folder.ts';

const diamond = `pipeline: diamond
tasks:
  a: { glue-job: j }
  b: { glue-job: j, after: a }
  c: { glue-job: j, after: a, when: any_failed }
  end: { glue-job: j, after: [b, c], when: { at_least: 1 } }
`;
const broken = `pipeline: broken
tasks:
  first: { glue-job: j }
  second: { glue-job: j, after: [frist] }
`;
const jobs = 'jobs:\n  j: { script: j.py, type: pythonshell }\n';
const script = 'pass\n';

describe('validate', () => {
  test('a sound project is no failure', async () => {
    const root = createProject({ 'statemachines/diamond.yml': diamond, 'jobs/jobs.yml': jobs, 'j.py': script });
    expect(await gluewright(root, 'validate')).toEqual({ code: 0, out: '2 files checked: no errors\n', err: '' });
  });

  test('a problem is shown with its place, its line, a caret and a remedy, from a subfolder too', async () => {
    const files = { 'statemachines/broken.yml': broken, 'statemachines/diamond.yml': diamond };
    const root = createProject({ ...files, 'jobs/jobs.yml': jobs, 'j.py': script });
    const { code, out } = await gluewright(join(root, 'statemachines'), 'validate');
    expect(code).toBe(1);
    expect(out).toMatch(/^broken\.yml:4:34: error: .*frist/);
    expect(out).toContain(
      '     4 |   second: { glue-job: j, after: [frist] }\n       |                                  ^\n',
    );
    expect(out).toContain('first');
    expect(out).toMatch(/3 files checked: 1 error\n$/);
  });

  test('files can be named, and JSON is for programs', async () => {
    const root = createProject({ 'statemachines/broken.yml': broken, 'statemachines/diamond.yml': diamond });
    expect((await gluewright(root, 'validate', 'statemachines/diamond.yml')).code).toBe(0);
    const { code, out } = await gluewright(root, 'validate', 'statemachines/broken.yml', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ line: 4, column: 34, severity: 'error' }] });
  });

  test('a folder is no file', async () => {
    const { code, err } = await gluewright(createProject({}), 'validate', 'statemachines');
    expect(code).toBe(2);
    expect(err).toBe('gluewright: statemachines is a folder: give its files, or no file to check the whole project\n');
  });

  test('a stage is about deploying, and is not passed over in silence', async () => {
    const { code, err } = await gluewright(createProject({}), 'validate', '--stage', 'prod');
    expect(code).toBe(2);
    expect(err).toBe('gluewright: --stage works only with --deploy: add --deploy\n');
  });

  test('two pipelines of one name are a problem of the second', async () => {
    const root = createProject({ 'statemachines/a.yml': diamond, 'statemachines/b.yml': diamond });
    const { code, out } = await gluewright(root, 'validate');
    expect(code).toBe(1);
    expect(out).toContain('b.yml:1:11: error: there is a pipeline diamond already, in statemachines/a.yml');
  });

  test('a script that is not there is a warning', async () => {
    const root = createProject({ 'statemachines/diamond.yml': diamond, 'jobs/jobs.yml': jobs });
    const { code, out } = await gluewright(root, 'validate');
    expect(code).toBe(0);
    expect(out).toContain('jobs/jobs.yml:2:16: warning: j: there is no file j.py');
  });

  test('a timeout of nothing is one problem', async () => {
    const text = 'pipeline: a\ntasks: { b: { glue-job: j, timeout: 0s } }\n';
    const root = createProject({ 'statemachines/a.yml': text, 'jobs/jobs.yml': jobs, 'j.py': script });
    const { out } = await gluewright(root, 'validate');
    expect(out).toMatch(/`timeout` is 0s, and must be between 1s and 365d/);
    expect(out).toMatch(/2 files checked: 1 error\n$/);
  });

  test('Amazon States Language is checked, too', async () => {
    const hello = '{"StartAt": "Hello", "States": {"Hello": {"Type": "Pass", "Next": "Nowhere"}}}';
    const root = createProject({ 'statemachines/hello.asl.json': hello, 'statemachines/no.asl.yml': 'StartAt: {' });
    const { code, out } = await gluewright(root, 'validate');
    expect(code).toBe(1);
    expect(out).toMatch(/hello\.asl\.json:1:1: error: .*Nowhere/);
    expect(out).toMatch(/no\.asl\.yml:1:\d+: error: /);
  });

  test('a pipeline may be written in TypeScript', async () => {
    const builder = resolve('shared/pipeline/builder/builder.ts');
    const text = `import { pipeline } from '${builder}';
      export default pipeline({ pipeline: 'typed', tasks: { a: { 'glue-job': 'j' }, b: { 'glue-job': 'j', after: 'a' } } });`;
    const root = createProject({ 'statemachines/typed.ts': text, 'jobs/jobs.yml': jobs, 'j.py': script });
    expect(await gluewright(root, 'validate')).toMatchObject({ code: 0, out: '2 files checked: no errors\n' });
    expect((await gluewright(root, 'graph', 'typed')).out).toBe('●  a\n│\n●  b\n');
  });

  test('modules that do not load are problems with their places, not crashes', async () => {
    const root = createProject({
      'statemachines/thrown.ts': "const day: string = 'x';\n\nthrow new Error('no');",
      'statemachines/syntax.ts': 'const a: number = 1;\n\nconst b = ;\n',
      'statemachines/missing.ts': "import { a } from './nowhere.ts';\nexport default a;\n",
      'statemachines/never.ts': 'await new Promise(() => {});\n',
    });
    const { code, out } = await gluewright(root, 'validate');
    expect(code).toBe(1);
    expect(out).toContain('thrown.ts:3:7: error: the module does not load: no');
    expect(out).toContain('syntax.ts:3:1: error: the module does not load: Expression expected');
    expect(out).toMatch(/missing\.ts:1:1: error: .*nowhere\.ts/);
    expect(out).toContain('never.ts:1:1: error: the module ended without an export');
  });

  test('a module that runs for ever is given up', async () => {
    const root = createProject({ 'statemachines/loop.ts': 'while (true);\n' });
    const [{ problems } = { problems: [] }] = await readModule(join(root, 'statemachines/loop.ts'), 'loop.ts', 100);
    expect(problems).toMatchObject([{ file: 'loop.ts', message: 'the module has not loaded after 0.1 seconds' }]);
  });

  test('with --strict a warning fails', async () => {
    const root = createProject({ 'statemachines/diamond.yml': diamond, 'jobs/jobs.yml': jobs });
    expect(await gluewright(root, 'validate')).toMatchObject({ code: 0 });
    const { code, out } = await gluewright(root, 'validate', '--strict');
    expect(code).toBe(1);
    expect(out).toContain('error: j: there is no file j.py');
    expect(out).toMatch(/2 files checked: 1 error\n$/);
  });

  test('jobs.yaml is read like jobs.yml', async () => {
    const root = createProject({ 'statemachines/diamond.yml': diamond, 'jobs/jobs.yaml': jobs });
    const { out } = await gluewright(root, 'validate');
    expect(out).toContain('jobs/jobs.yaml:2:16: warning: j: there is no file j.py');
    expect(out).not.toContain('there is no job');
  });

  test('a jobs.yaml beside a jobs.yml is an error: it is not read', async () => {
    const files = { 'jobs/jobs.yml': jobs, 'jobs/jobs.yaml': jobs, 'j.py': script };
    const { code, out } = await gluewright(
      createProject({ 'statemachines/diamond.yml': diamond, ...files }),
      'validate',
    );
    expect(code).toBe(1);
    expect(out).toContain('jobs/jobs.yml is there, too');
  });

  test('unknown jobs are warned of without a jobs.yml, too', async () => {
    const { code, out } = await gluewright(createProject({ 'statemachines/diamond.yml': diamond }), 'validate');
    expect(code).toBe(0);
    expect(out).toContain('warning: a: there is no job j in jobs/jobs.yml');
  });

  test('a job that jobs.yml does not have is a warning where there is a jobs.yml', async () => {
    const root = createProject({
      'statemachines/diamond.yml': diamond.replace('end: { glue-job: j', 'end: { glue-job: jj'),
      'jobs/jobs.yml': jobs,
    });
    const { code, out } = await gluewright(root, 'validate');
    expect(code).toBe(0);
    expect(out).toContain('diamond.yml:6:20: warning: end: there is no job jj in jobs/jobs.yml');
  });
});

test('graph draws lanes, and Mermaid with the join rules that are not the usual one', async () => {
  const root = createProject({ 'statemachines/diamond.yml': diamond });
  const lines = ['●    a', '├─●  b', '● │  c    any_failed', '│ │', '●─╯  end  at_least 1', ''];
  expect((await gluewright(root, 'graph', 'diamond')).out.split('\n')).toEqual(lines);
  expect((await gluewright(root, 'graph', 'diamond', '--mermaid')).out).toContain('t0 -- any_failed --> t2\n');
});

test('compile writes what it prints', async () => {
  const root = createProject({ 'statemachines/diamond.yml': diamond });
  const printed = await gluewright(root, 'compile', 'diamond');
  const { code, out } = await gluewright(root, 'compile', 'diamond', '--out', 'build', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ pipeline: 'diamond', machines: [{ name: 'diamond' }] });
  expect(readdirSync(join(root, 'build'))).toEqual(['diamond.asl.json']);
  expect(readFileSync(join(root, 'build/diamond.asl.json'), 'utf8')).toBe(printed.out);
});

test('a state machine written by hand is no pipeline, and it is said how it is started', async () => {
  const hello = '{"StartAt": "Hello", "States": {"Hello": {"Type": "Pass", "End": true}}}';
  const root = createProject({ 'statemachines/diamond.yml': diamond, 'statemachines/hello.asl.json': hello });
  expect(await gluewright(root, 'run', 'hello')).toMatchObject({
    code: 3,
    err: expect.stringMatching(/start-execution --state-machine-arn arn:aws:states:\S+:stateMachine:local-hello\n$/),
  });
});

describe('what is wrong with a command line is said, with an exit code of its own', () => {
  test.each([
    [['graph'], 2, /missing required argument 'pipeline'/],
    [['grap', 'diamond'], 2, /unknown command 'grap'/],
    [['graph', 'diamond', '--colour'], 2, /unknown option '--colour'/],
    [['graph', 'diamond', '--mermaid', '--json'], 2, /give either --mermaid or --json/],
    [['graph', 'dimaond'], 3, /no pipeline dimaond; did you mean diamond\?/],
    [['validate', 'none.yml'], 3, /there is no file none\.yml/],
  ])('%j', async (args, code, message) => {
    const root = createProject({ 'statemachines/diamond.yml': diamond });
    const done = await gluewright(root, ...args);
    expect(done.code).toBe(code);
    expect(done.err).toMatch(message);
    expect(done.err).toMatch(/^gluewright: /);
  });

  test('outside of a project', async () => {
    const done = await gluewright(folder, 'graph', 'x');
    expect(done).toMatchObject({ code: 3, err: expect.stringContaining('no folder statemachines/') });
  });

  test('a file with errors keeps only its own pipeline from working', async () => {
    const root = createProject({ 'statemachines/broken.yml': broken, 'statemachines/diamond.yml': diamond });
    expect(await gluewright(root, 'graph', 'diamond')).toMatchObject({
      code: 0,
      err: expect.stringMatching(
        /^gluewright: skipping statemachines\/broken\.yml: .*frist.* \(npx gluewright validate\)\n$/,
      ),
    });
    const done = await gluewright(root, 'graph', 'broken');
    expect(done.code).toBe(2);
    expect(done.err).toContain('statemachines/broken.yml:4:34: error:');
  });

  test('errors in the project keep other commands from working, and are shown', async () => {
    const root = createProject({ 'statemachines/broken.yml': broken });
    const done = await gluewright(root, 'graph', 'broken');
    expect(done.code).toBe(2);
    expect(done.err).toContain('statemachines/broken.yml:4:34: error:');
  });
});

test('the command knows its version', async () => {
  expect(await gluewright(folder, '--version')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test.each([
  ['is a file', 'file'],
  ['lies below a file', 'file/build'],
  ...(existsSync('/proc') ? [['is where no folder can be made', '/proc/build']] : []),
])('compiling into what %s is refused in one line', async (_, out = '') => {
  const root = createProject({ 'statemachines/diamond.yml': diamond, file: '' });
  const { code, err } = await gluewright(root, 'compile', 'diamond', '--out', out);
  expect(code).toBe(2);
  expect(err).toMatch(/^gluewright: --out takes a writable folder: E.*\n$/);
});

test('every command has help with an example, and knows --json', async () => {
  const { out } = await gluewright(folder, '--help');
  const names = [...out.matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map(([, name]) => name ?? '');
  expect(names).toEqual(Object.keys(commands));
  for (const name of names) {
    const help = await gluewright(folder, name, '--help');
    expect(help.code).toBe(0);
    expect(help.out).toContain(`Example:\n  $ npx gluewright ${name}`);
    expect(help.out).toContain('--json');
    expect(help.out).not.toMatch(/default: [{["]/);
  }
});
