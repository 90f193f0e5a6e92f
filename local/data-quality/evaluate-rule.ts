import { type Condition, type Operand, type Rule, RulesRefused } from '../../shared/dqdl/parse-rules.ts';
import { identifier, literal, type Sql } from '../sql/duckdb.ts';

/** What is known of the table that the rules are about. */
export type Subject = {
  readonly sql: Sql;
  /** In lower case, with DuckDB's types. */
  readonly columns: ReadonlyMap<string, string>;
  /** Epoch milliseconds. */
  readonly now: number;
};

export type RuleResult = {
  readonly passed: boolean;
  readonly message?: string;
  readonly metrics: Readonly<Record<string, number>>;
};

/** The table's name in the statements. */
export const primary = 'primary_data';

/** @throws {RulesRefused} for rules that are not served locally, and what DuckDB says of wrong columns and statements */
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

type Check = Extract<Rule, { is: 'check' }>;

const is = (operator: '=' | '>' | '>=', value: number): Condition => ({
  is: 'compare',
  operator,
  operand: { is: 'number', value },
});

/** Rules that compare one figure: the figure as SQL, its name, and the condition where the rule has none. */
type Figure = {
  readonly sql: (columns: readonly string[]) => string;
  readonly name: string;
  readonly otherwise?: Condition;
};

const figures: Readonly<Record<string, Figure>> = {
  rowcount: { name: 'RowCount', sql: () => 'count(*)' },
  completeness: { name: 'Completeness', sql: ([a = '']) => `${share(`count(${a})`)}` },
  iscomplete: { name: 'Completeness', sql: ([a = '']) => share(`count(${a})`), otherwise: is('=', 1) },
  uniqueness: { name: 'Uniqueness', sql: ([a = '']) => uniqueness([a]) },
  isunique: { name: 'Uniqueness', sql: ([a = '']) => uniqueness([a]), otherwise: is('=', 1) },
  isprimarykey: { name: 'Uniqueness', sql: primaryKey, otherwise: is('=', 1) },
  uniquevalueratio: {
    name: 'UniqueValueRatio',
    sql: ([a = '']) =>
      `coalesce((SELECT count(*) FILTER (n = 1) / nullif(count(*), 0)::DOUBLE FROM (SELECT count(*) AS n FROM rows WHERE ${a} IS NOT NULL GROUP BY ${a})), 0)`,
  },
  distinctvaluescount: { name: 'DistinctValuesCount', sql: ([a = '']) => `count(DISTINCT ${a})` },
  mean: { name: 'Mean', sql: ([a = '']) => `avg(TRY_CAST(${a} AS DOUBLE))` },
  sum: { name: 'Sum', sql: ([a = '']) => `sum(TRY_CAST(${a} AS DOUBLE))` },
  standarddeviation: { name: 'StandardDeviation', sql: ([a = '']) => `stddev_pop(TRY_CAST(${a} AS DOUBLE))` },
  entropy: { name: 'Entropy', sql: ([a = '']) => `entropy(${a}) * ln(2)` },
  columncorrelation: {
    name: 'ColumnCorrelation',
    sql: ([a = '', b = '']) => `corr(TRY_CAST(${a} AS DOUBLE), TRY_CAST(${b} AS DOUBLE))`,
  },
};

function share(count: string): string {
  return `coalesce(${count} / nullif(count(*), 0)::DOUBLE, 1)`;
}

function uniqueness(columns: readonly string[]): string {
  const list = columns.join(', ');
  const present = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
  return `coalesce((SELECT sum(n) FILTER (n = 1) / nullif(sum(n), 0)::DOUBLE FROM (SELECT count(*) AS n FROM rows WHERE ${present} GROUP BY ${list})), 1)`;
}

/** Unique, and complete in every column. */
function primaryKey(columns: readonly string[]): string {
  const complete = columns.map((column) => `count(${column}) = count(*)`).join(' AND ');
  return `CASE WHEN ${complete} THEN ${uniqueness(columns)} ELSE 0 END`;
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
    throw new RulesRefused(`the rule ${rule.type} is not served locally; it may still be right on AWS`);
  return evaluate(rule, subject);
}

const checks: Readonly<Record<string, (rule: Check, subject: Subject) => Promise<RuleResult>>> = {
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
    const test = testOf(of, needed(rule), subject, isTime(subject.columns.get(name.toLowerCase())));
    // Rows without a value pass, but where the rule asks for them.
    return rowShare(rule, subject, mentionsNull(needed(rule)) ? test : `(${of} IS NULL OR ${test})`);
  },
  async columnlength(rule, subject) {
    const [name = ''] = rule.parameters;
    const of = column(name, subject);
    return rowShare(
      rule,
      subject,
      `(${of} IS NULL OR ${testOf(`length(CAST(${of} AS VARCHAR))`, needed(rule), subject, false)})`,
    );
  },
  async datafreshness(rule, subject) {
    const [name = ''] = rule.parameters;
    const age = `epoch(${timestamp(subject.now)}) - epoch(CAST(${column(name, subject)} AS TIMESTAMP))`;
    return rowShare(rule, subject, testOf(`(${age})`, needed(rule), subject, false));
  },
  async customsql(rule, subject) {
    const [text = ''] = rule.parameters;
    const statement = text.replaceAll(/\bprimary\b/gi, primary);
    if (rule.condition === undefined) {
      const rows = await number(subject, `SELECT count(*) AS value FROM (${statement})`, undefined);
      const all = await number(subject, 'SELECT count(*) AS value FROM rows', undefined);
      const passing = all === 0 ? 1 : rows / all;
      return compared('Dataset.*.CustomSQL.Compliance', passing, rule.threshold ?? is('=', 1), subject);
    }
    const [row] = await subject.sql.rows(statement);
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

/** The share of rows that pass, against the rule's threshold: all of them, if it has none. */
async function rowShare(rule: Check, subject: Subject, test: string): Promise<RuleResult> {
  const value = await number(subject, `SELECT ${share(`count(*) FILTER (${test})`)} AS value FROM rows`, rule.where);
  const name = `${metricOf(rule.parameters)}.${rule.type}.Compliance`;
  return compared(name, value, rule.threshold ?? is('=', 1), subject);
}

function needed(rule: Check): Condition {
  if (rule.condition === undefined)
    throw new RulesRefused(`${rule.type} needs a condition, such as \`in [ "a", "b" ]\``);
  return rule.condition;
}

function column(name: string, { columns }: Subject): string {
  if (columns.has(name.toLowerCase())) return identifier(name.toLowerCase());
  throw new RulesRefused(`there is no column ${name}`);
}

function metricOf(parameters: readonly string[]): string {
  return parameters.length === 0 ? 'Dataset.*' : `Column.${parameters.join(',')}`;
}

async function number({ sql }: Subject, statement: string, where: string | undefined): Promise<number> {
  const rows = `WITH rows AS (SELECT * FROM ${primary}${where === undefined ? '' : ` WHERE ${where}`}) ${statement}`;
  const [row] = await sql.rows(rows);
  return Number(row?.value ?? 0);
}

function compared(name: string, value: number, condition: Condition, subject: Subject): RuleResult {
  const metrics = { [name]: value };
  if (holds(value, condition, subject)) return { passed: true, metrics };
  return { passed: false, message: `Value: ${value} does not meet the constraint requirement!`, metrics };
}

function holds(value: number, condition: Condition, subject: Subject): boolean {
  const of = (operand: Operand): number => {
    if (operand.is === 'number') return operand.value;
    if (operand.is === 'duration') return operand.seconds;
    if (operand.is === 'ago') return subject.now / 1_000 - operand.seconds;
    return Number(operand.is === 'text' ? operand.value : Number.NaN);
  };
  switch (condition.is) {
    case 'compare': {
      const other = of(condition.operand);
      return {
        '=': value === other,
        '!=': value !== other,
        '>': value > other,
        '>=': value >= other,
        '<': value < other,
        '<=': value <= other,
      }[condition.operator];
    }
    // DQDL's `between` leaves out both ends.
    case 'between':
      return condition.not !== (value > of(condition.from) && value < of(condition.to));
    case 'in':
      return condition.not !== condition.operands.some((operand) => of(operand) === value);
    case 'matches':
      return condition.not !== new RegExp(`^(?:${condition.pattern})$`).test(String(value));
  }
}

/** The condition on each row, as SQL. */
function testOf(of: string, condition: Condition, subject: Subject, time: boolean): string {
  const sqlOf = (operand: Operand): string => {
    if (operand.is === 'null') return 'NULL';
    if (operand.is === 'text') return time ? `CAST(${literal(operand.value)} AS TIMESTAMP)` : literal(operand.value);
    if (operand.is === 'ago') return timestamp(subject.now - operand.seconds * 1_000);
    return String(operand.is === 'number' ? operand.value : operand.seconds);
  };
  const left = (operand: Operand): string => {
    if (operand.is === 'ago' || (time && operand.is === 'text')) return `CAST(${of} AS TIMESTAMP)`;
    return operand.is === 'text' ? `CAST(${of} AS VARCHAR)` : `TRY_CAST(${of} AS DOUBLE)`;
  };
  const not = 'not' in condition && condition.not ? 'NOT ' : '';
  switch (condition.is) {
    case 'compare': {
      const { operator, operand } = condition;
      if (operand.is === 'null') return `${of} IS ${operator === '=' ? '' : 'NOT '}NULL`;
      return `${left(operand)} ${operator} ${sqlOf(operand)}`;
    }
    case 'between': {
      const value = left(condition.from);
      return `${not}(${value} > ${sqlOf(condition.from)} AND ${value} < ${sqlOf(condition.to)})`;
    }
    case 'in': {
      const tests = condition.operands.map((operand) =>
        operand.is === 'null' ? `${of} IS NULL` : `coalesce(${left(operand)} = ${sqlOf(operand)}, false)`,
      );
      return `${not}(${tests.join(' OR ')})`;
    }
    case 'matches':
      return `${not}regexp_full_match(CAST(${of} AS VARCHAR), ${literal(condition.pattern)})`;
  }
}

function mentionsNull(condition: Condition): boolean {
  if (condition.is === 'compare') return condition.operand.is === 'null';
  return condition.is === 'in' && condition.operands.some((operand) => operand.is === 'null');
}

function isTime(type: string | undefined): boolean {
  return type === 'DATE' || type?.startsWith('TIMESTAMP') === true;
}

function timestamp(time: number): string {
  return `TIMESTAMP ${literal(new Date(time).toISOString().replace('T', ' ').replace('Z', ''))}`;
}
