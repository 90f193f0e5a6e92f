import type { ServiceCall } from '../../calls/calls.ts';
import { present } from '../../json.ts';
import { attemptDigest } from '../kind/attempt-digest.ts';
import { textOf } from '../kind/text-of.ts';
import type { Order, Stack } from '../kind/work-state.ts';
import { type RedshiftWork, warehouseOf } from './redshift-work.ts';
import { statementName } from './statement.ts';

/** One statement, or several in one transaction. */
export function callOf(order: Order<RedshiftWork>, stack: Stack): ServiceCall {
  const { work } = order;
  const { statements, database, cluster, workgroup, secret, user } = work;
  const Parameters = parametersOf(work);
  const input = {
    ...present({
      ClusterIdentifier: cluster ?? undefined,
      WorkgroupName: workgroup ?? undefined,
      SecretArn: secret ?? undefined,
      DbUser: user ?? undefined,
    }),
    Database: database,
    ...(Parameters.length > 0 && { Parameters }),
    StatementName: statementName(order, warehouseOf(work)),
    ClientToken: `gluewright-${attemptDigest(order, stack)}`,
    WithEvent: true,
  };
  const [Sql = '', ...more] = statements;
  return more.length === 0
    ? { call: 'redshift-data:ExecuteStatement', input: { ...input, Sql } }
    : { call: 'redshift-data:BatchExecuteStatement', input: { ...input, Sqls: statements } };
}

/** The Data API has no null: a parameter without a value is missing, and Redshift refuses the statement. */
function parametersOf({ args }: RedshiftWork) {
  return Object.entries(args).flatMap(([name, each]) => (each === null ? [] : [{ name, value: textOf(each) }]));
}
