import { type Rule, RulesRefused } from '../../shared/dqdl/parse-rules.ts';
import { checks } from './checks.ts';
import { figures } from './figures.ts';
import { type Check, column, compared, metricOf, number, type RuleResult, type Subject } from './subject.ts';

/** @throws {RulesRefused} for rules that are not supported locally, or DuckDB's error about a wrong statement */
export async function evaluateRule(rule: Rule, subject: Subject): Promise<RuleResult> {
  if (rule.is === 'check') return evaluateCheck(rule, subject);
  const results: RuleResult[] = [];
  for (const each of rule.rules) results.push(await evaluateRule(each, subject));
  const passed = rule.is === 'all' ? results.every((one) => one.passed) : results.some((one) => one.passed);
  const messages = results.flatMap(({ message }) => message ?? []);
  return {
    passed,
    ...(!passed && messages.length > 0 && { message: messages.join('; ') }),
    metrics: Object.assign({}, ...results.map(({ metrics }) => metrics)),
  };
}

async function evaluateCheck(rule: Check, subject: Subject): Promise<RuleResult> {
  const type = rule.type.toLowerCase();
  const figure = figures[type];
  if (figure !== undefined) {
    const columns = rule.parameters.map((name) => column(name, subject));
    const condition = rule.condition ?? figure.otherwise;
    if (condition === undefined) throw new RulesRefused(`${rule.type} needs a condition, such as \`> 0.9\``);
    const value = await number(subject, `SELECT ${figure.sql(columns)} AS value FROM rows`, rule.where);
    return compared(`${metricOf(rule.parameters)}.${figure.name}`, value, condition, subject);
  }
  const evaluate = checks[type];
  if (evaluate === undefined)
    throw new RulesRefused(`the rule ${rule.type} is not supported locally; Glue may support it`);
  return evaluate(rule, subject);
}
