import { parseRules, type Rule, RulesRefused } from '../../shared/dqdl/parse-rules.ts';
import { type Data, tableNamed, tableSource } from '../sql/table-source.ts';
import { evaluateRule } from './evaluate-rule.ts';
import { primary, type RuleResult, type Subject } from './subject.ts';

export type EvaluatedRule = {
  readonly name: string;
  readonly description: string;
  readonly result: 'PASS' | 'FAIL' | 'ERROR';
  readonly message?: string;
  readonly metrics: Readonly<Record<string, number>>;
};

export type Evaluation = { readonly rules: readonly EvaluatedRule[]; readonly score: number };

/** `partitions`: a condition of SQL. `rulesets`: DQDL. */
type Asked = {
  readonly database: string;
  readonly table: string;
  readonly partitions: string | undefined;
  readonly rulesets: readonly string[];
};

/**
 * Evaluates rulesets on a table of the catalog. A rule that cannot be evaluated has the result ERROR, as in Glue.
 *
 * @throws if the table is missing or unreadable, or a ruleset is not DQDL
 */
export async function evaluateTable(
  data: Data,
  { database, table, partitions, rulesets }: Asked,
  signal: AbortSignal,
): Promise<Evaluation> {
  const rules = rulesets.flatMap(parseRules);
  const found = tableNamed(data.catalog, database, table);
  if (found === undefined) throw new RulesRefused(`there is no table ${database}.${table} in the catalog`);
  return data.useSql(signal, async (sql) => {
    const rows = await tableSource(sql, data, database, found);
    await sql.rows(
      `CREATE VIEW ${primary} AS ${partitions === undefined ? rows : `SELECT * FROM (${rows}) WHERE ${partitions}`}`,
    );
    const described = await sql.rows(`DESCRIBE ${primary}`);
    const columns = new Map(
      described.map((row) => [String(row.column_name).toLowerCase(), String(row.column_type)] as const),
    );
    const subject: Subject = { sql, columns, now: data.now() };
    const results: EvaluatedRule[] = [];
    for (const [at, rule] of rules.entries())
      results.push({ name: `Rule_${at + 1}`, ...(await evaluated(rule, subject)) });
    return { rules: results, score: results.filter(({ result }) => result === 'PASS').length / results.length };
  });
}

async function evaluated(rule: Rule, subject: Subject): Promise<Omit<EvaluatedRule, 'name'>> {
  try {
    const { passed, message, metrics }: RuleResult = await evaluateRule(rule, subject);
    return {
      description: rule.text,
      result: passed ? 'PASS' : 'FAIL',
      ...(message !== undefined && { message }),
      metrics,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { description: rule.text, result: 'ERROR', message, metrics: {} };
  }
}
