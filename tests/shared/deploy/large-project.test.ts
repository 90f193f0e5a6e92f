import { expect, test } from 'vitest';
import { compile } from '../../../shared/asl/compile.ts';
import { besideOurs, overLimit } from '../../../shared/deploy/checks/template-limits.ts';
import { functions } from '../../../shared/deploy/functions/functions.ts';
import { pipelineOnAws } from '../../../shared/deploy/resources/physical-names.ts';
import { machineTarget } from '../../../shared/deploy/resources/pipeline-resources.ts';
import { type Project, stackTemplate } from '../../../shared/deploy/stack.ts';
import { functionId, functionLogGroupId } from '../../../shared/deploy/template/names.ts';
import type { NestedTemplate } from '../../../shared/deploy/template/nest.ts';
import { type Resources, ref } from '../../../shared/deploy/template/template.ts';
import type { Pipeline } from '../../../shared/model/pipeline.ts';
import type { Job } from '../../../shared/pipeline/jobs/jobs-file.ts';
import { checkTemplate } from './check-template.ts';
import { jobs, pipeline, places, settings } from './example.ts';

const alarmTopic = 'arn:aws:sns:eu-west-1:111122223333:alarms';

/** Pipelines of 30 tasks each, every task waiting for the two before it, over 60 jobs. */
function project(pipelines: number, nested: boolean): Project {
  const names = Array.from({ length: 60 }, (_, index) => `job-${String.fromCharCode(97 + (index % 26))}${index}`);
  const allJobs = names.map(
    (name): Job => ({ ...jobs[0], name, script: 'load.py', type: 'pythonshell', args: {}, maxConcurrentRuns: 5 }),
  );
  const changed = { ...settings, nested, alarmTopic };
  const compiled = Array.from({ length: pipelines }, (_, index) => {
    const written = pipeline(`pipeline-${index}`, names.slice(index % 30, (index % 30) + 30));
    const tasks = written.tasks.map((task, at): Pipeline['tasks'][number] => ({
      ...task,
      after: written.tasks.slice(Math.max(0, at - 2), at).map(({ name }) => name),
    }));
    const onAws = pipelineOnAws({ ...written, tasks }, changed, allJobs);
    const result = compile(onAws, machineTarget);
    if (result.problem !== undefined) throw new Error(result.problem.message);
    return { pipeline: onAws, compiled: result };
  });
  return { settings: changed, jobs: allJobs, crawlers: [], rulesets: {}, raw: [], pools: {}, pipelines: compiled };
}

function deploy(deployed: Project) {
  const nested = new Map<string, NestedTemplate>();
  const template = stackTemplate(deployed, {
    ...places,
    define: (name) => ({ bucket: ref('ServerlessDeploymentBucket'), key: `definitions/${name}.json` }),
    nestedUrl: (name, inner) => {
      nested.set(name, inner);
      return `https://templates/${name}.json`;
    },
  });
  return { template, nested };
}

const fromServerless = [
  'ServerlessDeploymentBucket',
  ...Object.keys(functions).flatMap((name) => [functionId(name), functionLogGroupId(name)]),
];
const others = { resources: besideOurs(Object.keys(functions).length), nested: true };

const large = project(200, true);
const { template, nested } = deploy(large);

test('200 pipelines of 30 tasks fit, each in a stack of its own', () => {
  expect(overLimit('stack', template, others)).toBeUndefined();
  for (const [name, inner] of nested) expect(overLimit(name, inner, { ...others, resources: 0 })).toBeUndefined();
  expect([...nested.keys()].filter((name) => name.startsWith('Pipeline'))).toHaveLength(200);
  expect(checkTemplate(template, fromServerless)).toEqual([]);
});

/** The templates' sizes, together and at most, as in `docs/deploy.md`. */
function figures(stacks: readonly { readonly Resources: Resources }[]) {
  return {
    stacks: stacks.length,
    resources: Math.max(...stacks.map(({ Resources }) => Object.keys(Resources).length)),
    kilobytes: Math.ceil(Math.max(...stacks.map((stack) => JSON.stringify(stack).length)) / 1000),
  };
}

test('they are far from the limits', () => {
  const of = (prefix: string) => [...nested].flatMap(([name, inner]) => (name.startsWith(prefix) ? [inner] : []));
  expect(figures(of('Pipeline'))).toEqual({ stacks: 200, resources: 4, kilobytes: 3 });
  expect(figures(of('JobsStack'))).toEqual({ stacks: 15, resources: 8, kilobytes: 4 });
  const main = figures([template]);
  expect(main.resources + others.resources).toBeLessThan(330);
  expect(main.kilobytes).toBeLessThan(300);

  const machines = large.pipelines.flatMap(({ compiled }) => compiled.machines);
  expect(machines).toHaveLength(200);
  expect(Math.max(...machines.map(({ bytes }) => bytes))).toBeLessThan(85_000);
  expect(Math.max(...machines.map(({ events }) => events))).toBeLessThan(1_000);

  const roles = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(Math.max(...roles.map(({ Properties }) => JSON.stringify(Properties.Policies).length))).toBeLessThan(2_500);
  const graphs = JSON.stringify(template.Resources.Dashboard).split('ExecutionsFailed').length - 1;
  expect(graphs).toBe(200);
});

test('a nested stack refers only to its parameters, and gets them all', () => {
  const two = deploy(project(2, true));
  for (const [name, inner] of two.nested) {
    const parameters = Object.keys(inner.Parameters);
    expect(checkTemplate(inner, parameters)).toEqual([]);
    expect(Object.keys(two.template.Resources[name]?.Properties.Parameters ?? {})).toEqual(parameters);
  }
});

test('a pipeline’s stack does not change when others come and go', () => {
  const few = deploy(project(3, true)).nested;
  const more = deploy(project(5, true)).nested;
  for (const [name, inner] of few) expect(more.get(name)).toEqual(inner);
});

test('without nested stacks a project that does not fit is refused with the figure', () => {
  const flat = deploy(project(100, false)).template;
  const plain = { ...others, nested: false };
  expect(overLimit('stack', flat, plain)).toEqual({
    message: expect.stringMatching(/^stack would have \d+ resources.*500$/),
    remedy: expect.stringContaining('nested: true'),
  });
  expect(overLimit('stack', deploy(project(20, false)).template, plain)).toBeUndefined();
});
