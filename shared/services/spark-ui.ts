import { GetDashboardUrlCommand, type GlueClient } from '@aws-sdk/client-glue';
import { failureOf } from './service-error.ts';
import type { SparkUi } from './system.ts';

/** Spark's own pages of a job run, as Glue serves them: live, or later if the job writes event logs. */
export function createSparkUi(glue: GlueClient): (id: string) => Promise<SparkUi> {
  return async (id) => {
    try {
      const { Url } = await glue.send(new GetDashboardUrlCommand({ ResourceId: id, ResourceType: 'JOB' }));
      return Url === undefined ? { problem: `Glue has no such pages of ${id}` } : { url: Url };
    } catch (error) {
      const { kind, reason } = failureOf(error);
      if (kind !== 'fatal') throw error;
      return { problem: `Glue shows no such pages of ${id}: ${reason}` };
    }
  };
}
