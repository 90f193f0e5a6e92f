import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { openDeliveryStore } from '../../local/events/delivery-store.ts';
import { createUndelivered } from '../../local/events/undelivered.ts';
import { createJobLogs } from '../../local/glue/processes/job-logs.ts';
import { region } from '../../local/service/account.ts';
import { outputBucket, stackNames } from '../../local/stack/account.ts';
import { openDatabase } from '../../local/storage/open-database.ts';
import { createSqliteLedger } from '../../local/storage/sqlite-ledger.ts';
import { clientsWith } from '../../shared/calls/clients.ts';
import { createCatalog } from '../../shared/services/catalog.ts';
import { createS3ObjectStore } from '../../shared/services/s3-object-store.ts';
import type { System } from '../../shared/services/system.ts';
import { visit } from '../../shared/services/visit.ts';
import { withOwnRuns } from '../../shared/use-cases/child-runs/own-runs.ts';
import type { DevFile } from './dev-file.ts';
import type { OpenProject } from './open-project.ts';
import type { RuntimeOfSession } from './session.ts';

const stack = 'local';

/** The system of a runtime in another process: its services through its port, its ledger through the file. */
export function connectSession({ home, pipelines }: OpenProject, { port }: DevFile): RuntimeOfSession {
  const configuration = {
    endpoint: `http://127.0.0.1:${port}`,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    disableHostPrefix: true,
  };
  const sfn = new SFNClient(configuration);
  const glue = new GlueClient(configuration);
  const events = new EventBridgeClient(configuration);
  const s3 = new S3Client({ ...configuration, forcePathStyle: true });
  const database = openDatabase(join(home, 'gluewright.db'));
  const names = stackNames(stack);
  const system: System = {
    stack,
    outputBucket,
    settles: false,
    clock: Date.now,
    random: Math.random,
    uuid: randomUUID,
    pause: (milliseconds) => setTimeout(milliseconds),
    ledger: createSqliteLedger(database),
    sfn,
    visit,
    clients: clientsWith(configuration, [glue]),
    events,
    objects: createS3ObjectStore(s3),
    undelivered: createUndelivered(openDeliveryStore(database), events),
    catalog: createCatalog(
      pipelines.map(({ pipeline }) => ({ pipeline, stateMachineArn: names.machineArn(pipeline.name) })),
    ),
    readLog: createJobLogs(home),
    log: () => undefined,
  };
  return {
    system: withOwnRuns(system),
    // `dev` continues the execution
    awaitExecution: async () => undefined,
    async close() {
      for (const client of [sfn, glue, events, s3]) client.destroy();
      database.close();
    },
  };
}
