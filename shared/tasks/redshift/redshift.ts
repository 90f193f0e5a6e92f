import * as z from 'zod/mini';
import { mapValues } from '../../json.ts';
import { about, described, field, listOf, oneOrMore, value } from '../../reading/fields.ts';
import type { Report } from '../../reading/finding.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { credentialsOf, placeOf, type RedshiftWork, redshiftWork, warehouseOf } from './redshift-work.ts';
import { callOf } from './run-statement.ts';
import { checkParameters } from './sql-parameters.ts';
import { mark, readStatement, readStatementStatusChange } from './statement.ts';

const statement = field(z.string().check(z.minLength(1), z.maxLength(100_000)), {
  expected: 'one statement of SQL, at most 100,000 bytes, or a list of them',
  remedy: 'write it below `|`; values belong in `args`, one for each `:name`',
});
const nameOf = (expected: string, remedy: string, pattern: RegExp) =>
  field(z.string().check(z.regex(pattern)), { expected, remedy });

const secretArn = /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:(secret:[\w/+=.@-]{1,519})$/;

const fields = {
  redshift: described('One statement of SQL, or several that run as one transaction', oneOrMore(statement), [
    'VACUUM sales.orders',
    ['DELETE FROM days WHERE day = :day', 'INSERT INTO days VALUES (:day)'],
  ]),
  database: described(
    'A database of the cluster or workgroup',
    nameOf('a database of the cluster or workgroup', 'write the name of one, such as dev', /^[^/\s]{1,127}$/),
    ['dev'],
  ),
  cluster: about(
    'The cluster that runs the statements',
    nameOf('the identifier of a cluster', 'name a cluster of the account, such as dwh', /^[a-z][a-z0-9-]{0,62}$/),
    ['dwh'],
  ),
  workgroup: about(
    'The workgroup of Redshift Serverless that runs the statements',
    nameOf('the name of a workgroup', 'name a workgroup of Redshift Serverless', /^[a-z0-9-]{3,64}$/),
    ['analytics'],
  ),
  secret: about(
    'The secret with the user and its password; temporary credentials by default',
    field(z.string().check(z.refine((secret) => /^[\w/+=.@-]{1,512}$/.test(secret) || secretArn.test(secret))), {
      expected: 'the name or the ARN of a secret of Secrets Manager',
      remedy: 'name a secret of the account, such as dwh/etl',
    }),
    ['dwh/etl'],
  ),
  user: about(
    'The database user for temporary credentials of a cluster',
    nameOf('the name of a database user', 'name a user of the cluster', /^[a-zA-Z0-9_.+@-]{1,63}$/),
    ['etl'],
  ),
  args: about('Values for the parameters `:name` of the statements; may be expressions', z.record(z.string(), value), [
    { day: '{% $params.day %}' },
  ]),
};
const schema = z.object(fields);

/** Seconds. Redshift ends no statement of the Data API later. */
const longest = 24 * 60 * 60;

/** Remedy for words that mean the values of a statement. */
const asArgs = 'write `args: { NAME: VALUE }`, with a value for each `:name` of the statement';

/**
 * Statements on Redshift, by its Data API. Their client token is the same for each try of one attempt, so that none
 * begins twice.
 */
export const redshift = {
  kind: 'redshift',
  service: 'Redshift',
  file: {
    fields,
    words: ['redshiftsql', 'redshiftdata', 'executestatement', 'batchexecutestatement', 'redshiftdataoperator'],
    habits: {
      ...{ params: asArgs, parameters: asArgs },
      ...{ clusteridentifier: 'write `cluster:`', workgroupname: 'write `workgroup:`', dbuser: 'write `user:`' },
      secretarn: 'write `secret:`',
    },
    expressions: ['args'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { redshift, database, cluster = null, workgroup = null, secret = null, user = null, args = {} } = read.data;
      return { kind: 'redshift', statements: [...listOf(redshift)], database, cluster, workgroup, secret, user, args };
    },
    check(work, timeoutSeconds, report) {
      checkPlace(work, report);
      if (!hasExpression(work, report)) checkParameters(work.statements, Object.keys(work.args), report);
      if (timeoutSeconds === undefined || timeoutSeconds <= longest) return;
      report({
        path: ['timeout'],
        code: 'redshift-timeout',
        message: 'Redshift lets a statement run for 24 hours at most',
        remedy: 'write `timeout: 24h` or less',
      });
    },
    values: ({ args }) => args,
    noOutput: () => undefined,
  },
  things: {
    'redshift-cluster': { service: 'redshift', resource: (name) => `cluster:${name}` },
    'redshift-batch-cluster': { service: 'redshift', resource: (name) => `cluster:${name}` },
    'redshift-workgroup': unnamedWorkgroup(),
    'redshift-batch-workgroup': unnamedWorkgroup(),
    'redshift-statement': {
      service: 'redshift-data',
      resource: () => '*',
      scope: 'any',
      reason: 'IAM has no resource for a statement of Redshift',
    },
    'redshift-secret': {
      service: 'secretsmanager',
      // Secrets Manager adds six random characters to a name
      resource: (secret) => secretArn.exec(secret)?.[1] ?? `secret:${secret}-??????`,
    },
    'redshift-user': { service: 'redshift', resource: (name) => `dbuser:${name}` },
    'redshift-user-database': { service: 'redshift', resource: (name) => `dbname:${name}` },
    'redshift-role-database': { service: 'redshift', resource: (name) => `dbname:${name}` },
    'redshift-credentials': unnamedWorkgroup(),
  },
  uses: (work) => [placeOf(work), { what: 'redshift-statement', name: 'any' }, ...credentialsOf(work)],
  renamed: (work, _, value) => ({
    ...work,
    args: mapValues(work.args, value),
  }),
  runs: {
    by: 'service',
    work: redshiftWork,
    name: warehouseOf,
    isMarked: () => false,
    begin: callOf,
    begun: (answer) => z.object({ Id: z.string() }).parse(answer).Id,
    ask: {
      call: (_, Id) => ({ call: 'redshift-data:DescribeStatement', input: { Id } }),
      read: (answer, { id }) => readStatement(answer, id),
    },
    stop: { atOnce: 1, call: (_, [Id]) => ({ call: 'redshift-data:CancelStatement', input: { Id } }) },
    event: {
      pattern: {
        source: ['aws.redshift-data'],
        'detail-type': ['Redshift Data Statement Status Change'],
        detail: { statementName: [{ prefix: mark }] },
      },
      read: readStatementStatusChange,
    },
    refused: ['ActiveStatementsExceededException'],
    // a statement that its service does not show may run: the task's timeout ends the wait
    gone: [],
    sends: [
      {
        call: 'redshift-data:ExecuteStatement',
        on: 'redshift-cluster',
        begins: true,
        // Redshift logs in with the caller's rights
        needs: [
          { action: 'secretsmanager:GetSecretValue', on: 'redshift-secret' },
          { action: 'redshift:GetClusterCredentials', on: 'redshift-user' },
          { action: 'redshift:GetClusterCredentials', on: 'redshift-user-database' },
          { action: 'redshift:GetClusterCredentialsWithIAM', on: 'redshift-role-database' },
          { action: 'redshift-serverless:GetCredentials', on: 'redshift-credentials' },
        ],
      },
      { call: 'redshift-data:ExecuteStatement', on: 'redshift-workgroup', begins: true },
      { call: 'redshift-data:BatchExecuteStatement', on: 'redshift-batch-cluster', begins: true },
      { call: 'redshift-data:BatchExecuteStatement', on: 'redshift-batch-workgroup', begins: true },
      { call: 'redshift-data:DescribeStatement', on: 'redshift-statement' },
      { call: 'redshift-data:CancelStatement', on: 'redshift-statement' },
    ],
    errors: {
      failed: 'Redshift.StatementFailed',
      timedOut: 'Redshift.StatementTimedOut',
      stopped: 'Redshift.StatementAborted',
    },
  },
} as const satisfies TaskKind<RedshiftWork>;

function unnamedWorkgroup() {
  const reason = 'the ARN of a workgroup of Redshift has its id, and not its name';
  return { service: 'redshift-serverless', resource: () => 'workgroup/*', reason };
}

function hasExpression({ statements }: RedshiftWork, report: Report): boolean {
  const at = statements.findIndex((sql) => sql.includes('{%'));
  if (at === -1) return false;
  report({
    path: statements.length === 1 ? ['redshift'] : ['redshift', at],
    code: 'redshift-expression',
    message: 'a statement cannot contain an expression',
    remedy: 'write `:name` in its place, and the expression in `args`, as in `args: { name: "{% $params.day %}" }`',
  });
  return true;
}

function checkPlace({ cluster, workgroup, secret, user }: RedshiftWork, report: Report): void {
  if ((cluster === null) === (workgroup === null)) {
    report({
      path: cluster === null ? ['redshift'] : ['workgroup'],
      code: 'redshift-place',
      message: cluster === null ? 'the task names no cluster and no workgroup' : 'a task has a cluster or a workgroup',
      remedy: 'write `cluster: NAME`, or `workgroup: NAME` for Redshift Serverless',
    });
  }
  if (user === null || (cluster !== null && secret === null)) return;
  report({
    path: ['user'],
    code: 'redshift-user',
    message: secret === null ? 'a workgroup gives each role a user of its own' : 'the secret names the user',
    remedy: 'remove `user`',
  });
}
