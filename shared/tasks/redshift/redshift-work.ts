import * as z from 'zod/mini';
import { value } from '../../reading/fields.ts';
import type { Use } from '../kind/task-kind.ts';

export const redshiftWork = z.object({
  kind: z.literal('redshift'),
  statements: z.array(z.string()),
  database: z.string(),
  /** One of the two is null. */
  cluster: z.nullable(z.string()),
  workgroup: z.nullable(z.string()),
  /** Null: temporary credentials. */
  secret: z.nullable(z.string()),
  user: z.nullable(z.string()),
  args: z.record(z.string(), value),
});
export type RedshiftWork = z.output<typeof redshiftWork>;

/** The name of the cluster or the workgroup, whose statements queue together. */
export function warehouseOf({ cluster, workgroup }: RedshiftWork): string {
  return cluster ?? workgroup ?? '';
}

/** Batches have an action of their own in IAM. */
export function placeOf(work: RedshiftWork): Use {
  const place = work.cluster === null ? 'workgroup' : 'cluster';
  const name = warehouseOf(work);
  return { what: work.statements.length > 1 ? `redshift-batch-${place}` : `redshift-${place}`, name };
}

/** What Redshift needs to log in with the caller's rights. */
export function credentialsOf({ cluster, workgroup, secret, user, database }: RedshiftWork): Use[] {
  if (secret !== null) return [{ what: 'redshift-secret', name: secret }];
  if (cluster === null) return [{ what: 'redshift-credentials', name: workgroup ?? '' }];
  if (user === null) return [{ what: 'redshift-role-database', name: `${cluster}/${database}` }];
  return [
    { what: 'redshift-user', name: `${cluster}/${user}` },
    { what: 'redshift-user-database', name: `${cluster}/${database}` },
  ];
}
