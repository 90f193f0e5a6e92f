import { expect, test } from 'vitest';
import { pipelineOf } from '../../../bench/graph-file.ts';
import { largeGraph } from '../../../bench/large-graph.ts';
import { compile } from '../../../shared/asl/compile.ts';
import { besideOurs, overLimit } from '../../../shared/deploy/checks/template-limits.ts';
import { functions } from '../../../shared/deploy/functions/functions.ts';
import { pipelineOnAws } from '../../../shared/deploy/resources/physical-names.ts';
import { machineTarget } from '../../../shared/deploy/resources/pipeline-resources.ts';
import { stackTemplate } from '../../../shared/deploy/stack.ts';
import type { NestedTemplate } from '../../../shared/deploy/template/nest.ts';
import { ref } from '../../../shared/deploy/template/template.ts';
import type { Job } from '../../../shared/pipeline/jobs/jobs-file.ts';
import { jobs, places, settings } from './example.ts';

/** As AWS has them: bytes of a definition, history events of an execution, bytes of a role's inline policies. */
const mostOnAws = { definition: 1_048_576, events: 25_000, policies: 10_240 };

test('a pipeline of 10,000 tasks compiles to a stack within the limits of CloudFormation and IAM', () => {
  const changed = { ...settings, nested: true };
  const job: Job = {
    ...jobs[0],
    name: 'replay',
    script: 'load.py',
    type: 'pythonshell',
    args: {},
    maxConcurrentRuns: 1_000,
  };
  const pipeline = pipelineOnAws(pipelineOf(largeGraph(10_000)), changed, [job]);
  const compiled = compile(pipeline, machineTarget);
  if (compiled.problem !== undefined) throw new Error(compiled.problem.message);
  const { machines } = compiled;
  expect(machines.length).toBeGreaterThan(20);
  for (const { bytes, events } of machines) {
    expect(bytes).toBeLessThan(mostOnAws.definition);
    expect(events).toBeLessThan(mostOnAws.events);
  }

  const nested = new Map<string, NestedTemplate>();
  const template = stackTemplate(
    {
      settings: changed,
      jobs: [job],
      crawlers: [],
      rulesets: {},
      raw: [],
      pools: {},
      pipelines: [{ pipeline, compiled }],
    },
    {
      ...places,
      define: (name) => ({ bucket: ref('ServerlessDeploymentBucket'), key: `definitions/${name}.json` }),
      nestedUrl: (name, inner) => {
        nested.set(name, inner);
        return `https://templates/${name}.json`;
      },
    },
  );
  const others = { resources: besideOurs(Object.keys(functions).length), nested: true };
  expect(overLimit('stack', template, others)).toBeUndefined();
  for (const [name, inner] of nested) expect(overLimit(name, inner, { ...others, resources: 0 })).toBeUndefined();
  for (const { Resources } of [template, ...nested.values()]) {
    for (const { Type, Properties } of Object.values(Resources)) {
      if (Type !== 'AWS::IAM::Role') continue;
      expect(JSON.stringify(Properties.Policies ?? []).length).toBeLessThan(mostOnAws.policies);
    }
  }
}, 300_000);
