import { expect, test } from 'vitest';
import { readProject } from '../../project/read-project.ts';
import { createProject } from '../cli/project-folder.ts';

const now = Date.UTC(2026, 10, 22, 12);
const jobs = 'jobs:\n  hello: { script: hello.sh, type: pythonshell }\n';

/** A pipeline with one task, which runs `hello`. */
const pipeline = (name: string, triggers: string, more = '') =>
  `pipeline: ${name}\ntriggers: { ${triggers} }\ntasks: { t: { glue-job: hello${more} } }\n`;

async function problemsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const statemachines = Object.entries(files).map(([name, text]) => [
    name.includes('/') ? name : `statemachines/${name}`,
    text,
  ]);
  const root = createProject({ 'jobs/jobs.yml': jobs, 'hello.sh': '', ...Object.fromEntries(statemachines) });
  const { problems } = await readProject(root, root, now);
  return problems.map(
    ({ file, line, severity, message, remedy }) => `${file}:${line} ${severity}: ${message} | ${remedy}`,
  );
}

const publisher = pipeline('source', 'api: { api: true }', ', publishes: orders');

const module = `
  import { names } from '../lib/names.ts';
  export default names.map((name: string) => ({ pipeline: name, tasks: { t: { 'glue-job': 'hello' } } }));`;
const names = "export const names: string[] = ['one', 'two'];";

test.each([
  ['a project of modules', '{ "type": "module" }'],
  ['a project as npm init makes it', '{ "type": "commonjs" }'],
])('in %s a module holds one pipeline, or several', async (_, manifest) => {
  const files = { 'statemachines/both.ts': module, 'lib/names.ts': names, 'package.json': manifest };
  const root = createProject(files);
  const { pipelines, problems } = await readProject(root, root, now);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(pipelines.map(({ file, pipeline }) => `${file}: ${pipeline.name}`)).toEqual([
    'statemachines/both.ts: one',
    'statemachines/both.ts: two',
  ]);
});

test('a module without a default export is told so', async () => {
  expect(await problemsOf({ 'none.ts': 'export const pipeline = 1;' })).toContain(
    'statemachines/none.ts:1 error: the module does not load: it has no default export | ' +
      'export default pipeline({…}), or a list of them, and import only what is installed',
  );
});

test.each<[string, Record<string, string>, (RegExp | string)[]]>([
  [
    'a pattern that EventBridge would refuse',
    { 'p.yml': pipeline('p', 'sale: { event: { source: shop, detail: { total: [{ more-than: 5 }] } } }') },
    [
      /^statemachines\/p.yml:2 error: EventBridge refuses the pattern of `sale`: detail.total has the unknown filter "more-than" \| write values, or filters such/,
    ],
  ],
  [
    'a job that is not described, and is like one that is',
    { 'p.yml': 'pipeline: p\ntasks:\n  a: { glue-job: helo }\n  b: { glue-job: far_away }\n' },
    [
      /^statemachines\/p.yml:3 warning: a: there is no job helo in jobs\/jobs.yml \| did you mean `hello`\? If not, describe/,
      /^statemachines\/p.yml:4 warning: b: there is no job far_away in jobs\/jobs.yml \| describe it there/,
    ],
  ],
  [
    'crawlers that are not described, of which one is replaced locally',
    {
      'jobs/jobs.yml': `${jobs}crawlers:\n  lake: { database: lake, path: "s3://lake/" }\n  bad: {}\n`,
      'p.yml':
        'pipeline: p\ntasks:\n  a: { crawler: lake }\n  b: { crawler: laek }\n  c: { crawler: far }\n' +
        '  d: { crawler: far, local: { simulate: 1s } }\n  e: { crawler: bad }\n',
    },
    [
      /^statemachines\/p.yml:4 warning: b: there is no crawler laek in jobs\/jobs.yml \| did you mean `lake`\? If not, describe/,
      /^statemachines\/p.yml:5 warning: c: there is no crawler far in jobs\/jobs.yml \| describe it there; a crawler that only/,
      /^jobs\/jobs.yml:5 error: .*has no `database`/,
      /^jobs\/jobs.yml:5 error: .*has no `path`/,
    ],
  ],
  [
    'a nested pipeline that is not there',
    { 'source.yml': publisher, 'p.yml': 'pipeline: p\ntasks:\n  a: { pipeline: sorce }\n' },
    [
      'statemachines/p.yml:3 error: a: there is no pipeline sorce | did you mean `source`? If not, add it, or remove the task',
    ],
  ],
  [
    'tasks that ask of a nested pipeline what it does not take',
    {
      'inner.yml':
        'pipeline: inner\nparams: { day: { type: date }, rows: { type: integer, default: 1 } }\n' +
        'tasks: { load: { glue-job: hello, args: { at: "{% $interval.start %}" } } }\n',
      'p.yml':
        'pipeline: p\nparams: { n: { type: integer, default: 1 } }\ntasks:\n' +
        '  good: { pipeline: inner, params: { day: "2026-11-22", rows: "{% $params.n %}" }, interval: { start: 2026-11-21, end: 2026-11-22 }, outputs: load }\n' +
        '  bad:\n    pipeline: inner\n    params:\n      rows: many\n      dya: 2026-11-22\n    outputs: lod\n' +
        '  none: { pipeline: inner, interval: { start: 2026-11-21, end: 2026-11-22 } }\n',
    },
    [
      'statemachines/p.yml:5 error: bad: inner needs an interval: its task `load` reads $interval | add `interval: { start: "{% $interval.start %}", end: "{% $interval.end %}" }`',
      'statemachines/p.yml:8 error: bad: the parameter `rows` of inner should be a whole number, and is `many` | write a value of type integer, or an expression',
      'statemachines/p.yml:9 error: bad: inner has no parameter `dya` | did you mean `day`?',
      'statemachines/p.yml:10 error: bad: inner has no task `lod` whose output could be returned | did you mean `load`?',
      'statemachines/p.yml:11 error: none: inner needs the parameter `day`, which has no default | add `day` to `params`',
    ],
  ],
  [
    'maps that ask of a pipeline more than it runs, and what it does not take',
    {
      'inner.yml':
        'pipeline: inner\nparams: { day: { type: date } }\nruns: { max: 2, overlap: skip }\n' +
        'tasks: { load: { glue-job: hello } }\n',
      'p.yml':
        'pipeline: p\ntasks:\n' +
        '  a:\n    map: inner\n    over: [1]\n    params: { day: "{% $item %}", dya: "{% $item %}" }\n    max: 3\n' +
        '  b: { map: iner, over: [1] }\n',
    },
    [
      /^statemachines\/p.yml:4 error: a: inner does not queue its runs \(`overlap: skip`\), .* \| remove `overlap` from the `runs` of inner$/,
      'statemachines/p.yml:6 error: a: inner has no parameter `dya` | did you mean `day`?',
      'statemachines/p.yml:7 error: a: 3 items at the same time are more than inner runs: its `runs.max` is 2 | write `runs: { max: 3 }` in inner, or a smaller number here',
      /^statemachines\/p.yml:8 error: b: there is no pipeline iner \| did you mean `inner`\?/,
    ],
  ],
  [
    'a job with an error, which is there all the same',
    { 'jobs/jobs.yml': jobs.replace('pythonshell', 'pythonshel'), 'p.yml': pipeline('p', '') },
    [/^jobs\/jobs.yml:2 error: .* but is `pythonshel` \| did you mean `pythonshell`\?$/],
  ],
  [
    'a pipeline that is not there',
    { 'source.yml': publisher, 'p.yml': pipeline('p', 'up: { pipeline: { name: sorce } }') },
    ['statemachines/p.yml:2 warning: up waits for the end of sorce, which does not exist | did you mean `source`?'],
  ],
  [
    'datasets that no task publishes',
    {
      'source.yml': publisher,
      'p.yml': pipeline('p', 'up: { datasets: { all: [orders, ordes] }, optional: weather, by: "07:00" }'),
    },
    [
      'statemachines/p.yml:2 warning: up waits for the dataset ordes, which no task publishes | did you mean `orders`?',
      'statemachines/p.yml:2 warning: up waits for the dataset weather, which no task publishes | add `publishes: weather` to a task, or remove it here',
    ],
  ],
  [
    'what a file with errors may hold',
    {
      'source.yml': publisher
        .replace('t: {', 't: { tiemout: 1h,')
        .replace('publishes: orders', 'publishes: [orders, 1]'),
      'p.yml': pipeline('p', 'up: { datasets: { all: [orders] } }, after: { pipeline: { name: source } }'),
    },
    [/source.yml:3 error: unknown key `tiemout`/, /source.yml:3 error: .* but is the number 1/],
  ],
  [
    'a time that has passed',
    {
      'p.yml': pipeline(
        'p',
        [
          'once: { schedule: "at(2026-11-22T12:30:00)", timezone: Europe/Berlin }',
          'soon: { schedule: "at(2026-11-22T12:30:00)" }',
          'then: { schedule: "cron(0 0 1 1 ? 2020)" }',
        ].join(', '),
      ),
    },
    [
      'statemachines/p.yml:2 warning: once never starts a run: at(2026-11-22T12:30:00) in Europe/Berlin has passed | write a time in the future, or remove the trigger',
      /^statemachines\/p.yml:2 warning: then never starts a run: cron/,
    ],
  ],
  [
    'a file with an error, whose warnings are told at once',
    {
      'p.yml': pipeline('p', 'up: { pipeline: { name: nope } }').replace('hello', 'helo, tiemout: 1h'),
    },
    [
      /p.yml:2 warning: up waits for the end of nope/,
      /p.yml:3 warning: t: there is no job helo/,
      /p.yml:3 error: unknown key `tiemout`/,
    ],
  ],
  [
    'a circle through a file with an error',
    {
      'a.yml': pipeline('a', 'up: { pipeline: { name: b } }', ', tiemout: 1h'),
      'b.yml': pipeline('b', 'up: { pipeline: { name: a } }'),
    },
    [
      /^statemachines\/a.yml:1 error: a starts itself in an endless cycle: a starts b by .+, b starts a by /,
      /a.yml:3 error: unknown key `tiemout`/,
    ],
  ],
])('a project with %s', async (_, files, expected) => {
  const found = await problemsOf(files);
  expect(found).toEqual(expected.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))));
});

test('an argument that abbreviates an option of its script is warned of, wherever it is given', async () => {
  const script = `args = getResolvedOptions(sys.argv, ["JOB_NAME", 'source', "day", "dayOfWeek"])`;
  const described = `jobs:
  load:
    script: load.py
    type: pythonshell
    args: { sour: "s3://landing/", whole: "x" }
`;
  const text = `pipeline: p
tasks:
  t:
    glue-job: load
    args: { day: "2026-11-22", dayOf: "7" }
`;
  const problems = await problemsOf({ 'p.yml': text, 'jobs/jobs.yml': described, './load.py': script });
  expect(problems).toEqual([
    'statemachines/p.yml:5 warning: t: the argument `dayOf` abbreviates the script’s option `dayOfWeek`, which Glue 6.0 refuses | write `dayOfWeek`',
    'jobs/jobs.yml:5 warning: load: the argument `sour` abbreviates the script’s option `source`, which Glue 6.0 refuses | write `source`',
  ]);
});
