import { expect, test } from 'vitest';
import { createProject, gluewright } from '../project-folder.ts';

const service = `service: acme
custom:
  gluewright:
    buckets:
      landing: { name: '\${self:service}-\${sls:stage}-landing', create: false }
provider: { name: aws, stage: dev }
`;
const load = `pipeline: load
triggers: { arrived: { s3: { bucket: landing, key: "in/*" } } }
tasks:
  first: { glue-job: j }
  second: { glue-job: j }
`;
const sound = `pipeline: sound
tasks: { only: { glue-job: j } }
`;
const jobs = 'jobs:\n  j: { script: j.py, type: pythonshell }\n';
const files = { 'serverless.yml': service, 'jobs/jobs.yml': jobs, 'j.py': 'pass\n' };

test('a project that AWS would take as it is has no problems', async () => {
  const root = createProject({ ...files, 'statemachines/sound.yml': sound });
  expect(await gluewright(root, 'validate', '--deploy')).toEqual({
    code: 0,
    out: '3 files checked: no errors\n',
    err: '',
  });
});

test('what may surprise on AWS is shown at its place, and is no failure', async () => {
  const root = createProject({ ...files, 'statemachines/load.yml': load });
  expect((await gluewright(root, 'validate')).out).toBe('2 files checked: no errors\n');
  const { code, out } = await gluewright(root, 'validate', '--deploy', '--stage', 'prod');
  expect(code).toBe(0);
  expect(out).toContain(
    [
      'statemachines/load.yml:4:22: warning: first, second may want 2 runs of j at once, which takes 1: the others wait',
      '     4 |   first: { glue-job: j }',
      '       |                      ^',
      '      give j `maxConcurrentRuns: 2` in jobs/jobs.yml, unless they are meant to wait',
    ].join('\n'),
  );
  expect(out).toMatch(/load\.yml:2:\d+: warning: the stack does not create the bucket acme-prod-landing/);
  expect(out).toMatch(/3 files checked: no errors, 2 warnings\n$/);
});

test('JSON is for programs', async () => {
  const root = createProject({ ...files, 'statemachines/load.yml': load });
  const { out } = await gluewright(root, 'validate', '--deploy', '--json');
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    files: ['statemachines/load.yml', 'jobs/jobs.yml', 'serverless.yml'],
    problems: [{ file: 'statemachines/load.yml', line: 4, code: 'crowded-job' }, { code: 'silent-bucket' }],
  });
});

const tasksOf = (count: number): string =>
  Array.from({ length: count }, (_, index) => `pipeline: p${index}\ntasks: { only: { glue-job: j } }\n`).join('---');

test.each<[string, Record<string, string>, RegExp]>([
  [
    'a script to upload is not there',
    { 'j.py': '', 'jobs/jobs.yml': jobs.replace('j.py', 'k.py') },
    /^jobs\/jobs\.yml:2:16: error: j: there is no file k\.py/,
  ],
  [
    'a setting is not known',
    { 'serverless.yml': service.replace('buckets:', 'bukets:') },
    /^serverless\.yml:4:5: error: unknown setting `bukets`\n.*\n.*\n +did you mean `buckets`\?/,
  ],
  [
    'a variable needs the network',
    { 'serverless.yml': service.replace('self:service', 'ssm:/service') },
    /^serverless\.yml:5:25: error: \$\{ssm:\/service\} has no value that can be seen from here/,
  ],
  ['serverless.yml is no YAML', { 'serverless.yml': 'service: {' }, /^serverless\.yml:1:\d+: error: /],
  [
    'the arguments are more than Glue takes',
    { 'statemachines/sound.yml': sound.replace('j }', `j, args: { list: "${'x'.repeat(261_000)}" } }`) },
    /sound\.yml:2:10: error: the arguments of only take 261 KB, and Glue takes 260 KB/,
  ],
  [
    'two jobs would be called alike',
    { 'jobs/jobs.yml': `${jobs}  acme-dev-j: {}\n` },
    /^jobs\/jobs\.yml:3:3: error: job j and job acme-dev-j would both be the Glue job acme-dev-j/,
  ],
  [
    'CloudFormation has no room for it',
    Object.fromEntries(
      tasksOf(150)
        .split('---')
        .map((text, index) => [`statemachines/p${index}.yml`, text]),
    ),
    /^serverless\.yml:1:1: error: acme-dev would have \d+ resources; CloudFormation allows 500/,
  ],
])('it is an error when %s', async (_, changes, expected) => {
  const root = createProject({ ...files, 'statemachines/sound.yml': sound, ...changes });
  const { code, out } = await gluewright(root, 'validate', '--deploy');
  expect(out).toMatch(expected);
  expect(out).toMatch(/: 1 error(, \d+ warnings?)?\n$/);
  expect(code).toBe(1);
});

test('without serverless.yml there is nothing to deploy, and for a file alone it cannot be said', async () => {
  const root = createProject({ 'statemachines/sound.yml': sound });
  expect(await gluewright(root, 'validate', '--deploy')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^serverless\.yml:1:1: error: there is no such file/m),
  });
  expect(await gluewright(root, 'validate', '--deploy', 'statemachines/sound.yml')).toMatchObject({ code: 2 });
});
