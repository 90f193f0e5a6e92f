import { type Digest, logicalId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';

/** What a ruleset that the stack makes is called in Glue. Two stages in one account have each their own. */
export function rulesetName(stack: string, ruleset: string): string {
  return `${stack}-${ruleset}`;
}

/** The rulesets of `jobs/jobs.yml`. They belong to no table: a task says which it is about. */
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
