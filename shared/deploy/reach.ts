import type { Json } from '../json.ts';
import { outputsBucket } from './buckets.ts';
import type { Reach } from './function-role.ts';
import { ledgerId } from './ledger-table.ts';
import { liveAlias } from './names.ts';
import { arn, getAtt } from './template.ts';

/** An inline policy has room for 10,240 characters, an ARN of ours takes up to 200 with its pseudo parameters filled in. */
const mostNames = 12;

/**
 * What the functions may touch: this stack's table, machines and outputs, and the jobs that its pipelines name. Where
 * the names would not fit into a policy, those of the stack's own things are given by the prefix that they share.
 *
 * @param machines physical names of the pipelines' own state machines
 * @param jobs those that tasks run and those that only trigger, by their names in Glue
 */
export function reachOf(
  stack: string,
  machines: readonly string[],
  jobs: { readonly run: readonly string[]; readonly watched: readonly string[] },
): Reach {
  const shortMachines = fit(stack, machines);
  return {
    ledger: { arns: [getAtt(ledgerId, 'Arn')] },
    outputs: { arns: [{ 'Fn::Sub': `\${${outputsBucket}.Arn}/outputs/*` }] },
    manifests: { arns: [{ 'Fn::Sub': `\${${outputsBucket}.Arn}/manifests/*` }] },
    bus: { arns: [arn('events', 'event-bus/default')] },
    outputsBucket: { arns: [getAtt(outputsBucket, 'Arn')] },
    machines: {
      // Runs are started by the alias. IAM's reference names the machine, not its alias, as the resource: both are given.
      arns: shortMachines.flatMap((name): Json[] =>
        name.endsWith('*')
          ? [arn('states', `stateMachine:${name}`)]
          : [arn('states', `stateMachine:${name}`), arn('states', `stateMachine:${name}:${liveAlias}`)],
      ),
    },
    executions: { arns: shortMachines.map((name) => arn('states', `execution:${name}:*`)) },
    jobs: jobReach(stack, jobs.run),
    watchedJobs: jobReach(stack, jobs.watched),
  };
}

function jobReach(stack: string, jobs: readonly string[]): Reach['jobs'] {
  const names = fit(stack, jobs);
  if (names.length <= 2 * mostNames) return { arns: names.map((name) => arn('glue', `job/${name}`)) };
  return { arns: [arn('glue', 'job/*')], reason: `${names.length} jobs of other names would not fit into a policy` };
}

/** The names themselves or, when there are too many, one prefix for all those of the stack. */
function fit(stack: string, names: readonly string[]): string[] {
  const all = [...new Set(names)].sort();
  if (all.length <= mostNames) return all;
  const foreign = all.filter((name) => !name.startsWith(`${stack}-`));
  return foreign.length === all.length ? all : [`${stack}-*`, ...foreign];
}
