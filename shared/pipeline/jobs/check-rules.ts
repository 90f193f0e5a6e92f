import { parseRules, type Rule, RulesRefused } from '../../dqdl/parse-rules.ts';
import { ruleTypes } from '../../dqdl/rule-types.ts';
import type { Path, Report } from '../../reading/finding.ts';
import { Nearest } from '../../reading/nearest.ts';

const known = new Set(ruleTypes.map((type) => type.toLowerCase()));

/** Checks a ruleset in DQDL. */
export function checkRules(text: string, path: Path, report: Report): void {
  let rules: readonly Rule[];
  try {
    rules = parseRules(text);
  } catch (error) {
    if (!(error instanceof RulesRefused)) throw error;
    const remedy = 'see AWS’s reference of DQDL; a rule looks like `IsComplete "id"` or `RowCount between 1 and 100`';
    report({ path, code: 'rules', message: error.message, remedy });
    return;
  }
  const nearest = new Nearest();
  for (const type of new Set(rules.flatMap(typesOf))) {
    if (known.has(type.toLowerCase())) continue;
    const message = `DQDL has no rule type \`${type}\``;
    const meant = nearest.of(type, ruleTypes);
    const remedy =
      meant === undefined ? 'see AWS’s reference of DQDL, such as IsComplete' : `did you mean \`${meant}\`?`;
    report({ path, severity: 'warning', code: 'rule-type', message, remedy });
  }
}

function typesOf(rule: Rule): string[] {
  return rule.is === 'check' ? [rule.type] : rule.rules.flatMap(typesOf);
}
