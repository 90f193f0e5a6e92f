import { describe, expect, test } from 'vitest';
import { compile } from '../../../../shared/asl/compile.ts';
import { checkAddresses } from '../../../../shared/deploy/checks/check-addresses.ts';
import { pipelineOnAws } from '../../../../shared/deploy/resources/physical-names.ts';
import { machineTarget } from '../../../../shared/deploy/resources/pipeline-resources.ts';
import { readPipeline } from '../../../../shared/pipeline/read-pipeline.ts';
import { pipelineFrom } from '../../../pipeline-from.ts';
import { jobs, settings } from '../example.ts';

/** A pipeline with one expression on AWS: its state machine's text and its problems. */
function deployed(text: string): { readonly machine: string; readonly doubts: readonly string[] } {
  const file = `pipeline: orders\nparams: { p: { type: string } }\ntasks: { load: { glue-job: extract, args: { x: "{% ${text} %}" } } }\n`;
  const read = pipelineFrom(file);
  const pipeline = pipelineOnAws(read, settings, jobs);
  const compiled = compile(pipeline, machineTarget);
  if (compiled.problem !== undefined) throw new Error(compiled.problem.message);
  const project = {
    settings,
    pipelines: [{ pipeline, compiled }],
    jobs,
    crawlers: [],
    rulesets: {},
    raw: [],
    pools: {},
  };
  const doubts = checkAddresses(project).map(
    ({ severity, part, message, remedy }) =>
      `${severity}: ${part?.path.join('.')}: ${message.split(' ')[0]}: ${remedy}`,
  );
  return { machine: JSON.stringify(compiled.machines[0].definition), doubts };
}

describe('an address that an expression puts together', () => {
  test.each([
    ["'s3://landing/' & $params.p & '/'", "'s3://acme-landing/' & $params.p"],
    ["$params.p = 'x' ? 's3://lake/a' : 's3://landing/b'", "'s3://acme-lake/a' : 's3://acme-landing/b'"],
    ["'s3://' & $buckets.landing & '/x'", "$buckets:={'landing':'acme-landing'}"],
    ["'s3://elsewhere/' & $params.p", "'s3://elsewhere/'"],
  ])('in %s has the real name on AWS', (text, expected) => {
    const { machine, doubts } = deployed(text);
    expect(machine).toContain(expected);
    expect(doubts).toEqual([]);
  });

  test.each([
    ["'s3://landing' & '/x'", /^error: tasks.load: 's3:\/\/landing': write 's3:\/\/' & \$buckets\.landing/],
    ["'s3://land' & $params.p", /^error: tasks.load: 's3:\/\/land': /],
    ["'s3://' & $params.p", /^warning: tasks.load: 's3:\/\/': write 's3:\/\/' & \$buckets\.NAME/],
  ])('in %s is never silently wrong on AWS', (text, said) => {
    const { doubts } = deployed(text);
    expect(doubts).toEqual([expect.stringMatching(said)]);
  });
});

test.each([
  ['$buckets', 'the bucket that $buckets reads here is only known at run time'],
  ['$buckets.landing.name', '`landing` has no `name`'],
  ["$buckets.`a'b`", "`a'b` cannot be the name of a bucket"],
])('%s is refused by validate', (text, message) => {
  const file = `pipeline: orders\ntasks: { load: { glue-job: extract, args: { x: "{% ${text} %}" } } }\n`;
  expect(readPipeline(file, 'orders.yml').problems).toContainEqual(
    expect.objectContaining({ severity: 'error', message: expect.stringContaining(message) }),
  );
});
