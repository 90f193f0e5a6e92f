import { type Condition, RulesRefused } from '../../shared/dqdl/parse-rules.ts';
import { isTime, mentionsNull, testOf, timestamp } from './conditions.ts';
import { share } from './figures.ts';
import { type Check, column, compared, metricOf, number, primary, type RuleResult, type Subject } from './subject.ts';

const all: Condition = { is: 'compare', operator: '=', operand: { is: 'number', value: 1 } };

/** All other rules, by type in lower case. */
export const checks: Readonly<Record<string, (rule: Check, subject: Subject) => Promise<RuleResult>>> = {
  async columncount(rule, subject) {
    return compared('Dataset.*.ColumnCount', subject.columns.size, needed(rule), subject);
  },
  async columnexists({ parameters }, { columns }) {
    const missing = parameters.filter((name) => !columns.has(name.toLowerCase()));
    return {
      passed: missing.length === 0,
      ...(missing.length > 0 && { message: `there is no column ${missing.join(', ')}` }),
      metrics: {},
    };
  },
  async columnnamesmatchpattern({ parameters: [pattern = ''] }, { columns }) {
    const wrong = [...columns.keys()].filter((name) => !new RegExp(`^(?:${pattern})$`).test(name));
    return {
      passed: wrong.length === 0,
      ...(wrong.length > 0 && { message: `columns that do not match: ${wrong.join(', ')}` }),
      metrics: {},
    };
  },
  async columndatatype(rule, subject) {
    const [name = ''] = rule.parameters;
    const wanted =
      rule.condition?.is === 'compare' && rule.condition.operand.is === 'text' ? rule.condition.operand.value : '';
    const type = dataTypes[wanted.toLowerCase()];
    if (type === undefined) throw new RulesRefused(`ColumnDataType: ${wanted} is not a type of DQDL`);
    return rowShare(rule, subject, `TRY_CAST(${column(name, subject)} AS ${type}) IS NOT NULL`);
  },
  async columnvalues(rule, subject) {
    const [name = ''] = rule.parameters;
    const of = column(name, subject);
    const test = testOf(of, needed(rule), subject.now, isTime(subject.columns.get(name.toLowerCase())));
    // Rows without a value pass, unless the rule mentions NULL.
    return rowShare(rule, subject, mentionsNull(needed(rule)) ? test : `(${of} IS NULL OR ${test})`);
  },
  async columnlength(rule, subject) {
    const [name = ''] = rule.parameters;
    const of = column(name, subject);
    return rowShare(
      rule,
      subject,
      `(${of} IS NULL OR ${testOf(`length(CAST(${of} AS VARCHAR))`, needed(rule), subject.now, false)})`,
    );
  },
  async datafreshness(rule, subject) {
    const [name = ''] = rule.parameters;
    const age = `epoch(${timestamp(subject.now)}) - epoch(CAST(${column(name, subject)} AS TIMESTAMP))`;
    return rowShare(rule, subject, testOf(`(${age})`, needed(rule), subject.now, false));
  },
  async customsql(rule, subject) {
    const [text = ''] = rule.parameters;
    const statement = text.replaceAll(/\bprimary\b/gi, primary).replace(/;\s*$/, '');
    if (rule.condition === undefined) {
      const rows = await number(subject, `SELECT count(*) AS value FROM (${statement})`, undefined);
      const rowCount = await number(subject, 'SELECT count(*) AS value FROM rows', undefined);
      const passing = rowCount === 0 ? 1 : rows / rowCount;
      return compared('Dataset.*.CustomSQL.Compliance', passing, rule.threshold ?? all, subject);
    }
    // As a subquery, the statement can only read.
    const [row] = await subject.sql.rows(`SELECT * FROM (${statement})`);
    const [value] = Object.values(row ?? {});
    return compared('Dataset.*.CustomSQL', Number(value), rule.condition, subject);
  },
};

const dataTypes: Readonly<Record<string, string>> = {
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  integer: 'INTEGER',
  long: 'BIGINT',
  double: 'DOUBLE',
  float: 'FLOAT',
  string: 'VARCHAR',
};

/** Compares the share of passing rows with the rule's threshold. Without a threshold, all rows must pass. */
async function rowShare(rule: Check, subject: Subject, test: string): Promise<RuleResult> {
  const value = await number(subject, `SELECT ${share(`count(*) FILTER (${test})`)} AS value FROM rows`, rule.where);
  const name = `${metricOf(rule.parameters)}.${rule.type}.Compliance`;
  return compared(name, value, rule.threshold ?? all, subject);
}

function needed(rule: Check): Condition {
  if (rule.condition === undefined)
    throw new RulesRefused(`${rule.type} needs a condition, such as \`in [ "a", "b" ]\``);
  return rule.condition;
}
