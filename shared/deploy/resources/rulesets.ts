import { type Digest, logicalId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';

/** The name in Glue of a ruleset that the stack makes. Each stage has its own. */
export function rulesetName(stack: string, ruleset: string): string {
  return `${stack}-${ruleset}`;
}

/** The rulesets of `jobs/jobs.yml`. They belong to no table: a task names its table. */
export function rulesetResources(
  rulesets: Readonly<Record<string, string>>,
  stack: string,
  digest: Digest,
): Record<string, Resource> {
  return Object.fromEntries(
    Object.entries(rulesets).map(([name, Ruleset]) => [
      logicalId('Ruleset', name, '', digest),
      { Type: 'AWS::Glue::DataQualityRuleset', Properties: { Name: rulesetName(stack, name), Ruleset } },
    ]),
  );
}
