import type { DatabaseSync } from 'node:sqlite';
import { present } from '../../shared/json.ts';
import type { LogEntry } from '../../shared/services/system.ts';
import type { CallFaults } from '../faults/perform-call.ts';
import { bookmarkOperations } from '../glue/bookmark-operations.ts';
import type { Glue } from '../glue/glue.ts';
import { type FindRun, workflowOperations } from '../glue/workflow-operations.ts';
import { type Functions, functionNames } from '../lambda/functions.ts';
import { currentInvocation } from '../lambda/invocation.ts';
import { lambdaRequests } from '../lambda/lambda-requests.ts';
import { createFunctionLogs } from '../logs/function-logs.ts';
import { createGlueLogs } from '../logs/glue-logs.ts';
import { logOperations } from '../logs/log-operations.ts';
import { joinSources } from '../logs/log-source.ts';
import type { S3 } from '../s3/s3.ts';
import { account, region } from '../service/account.ts';
import type { Service } from '../service/service.ts';
import { restJsonRequests } from '../wire/rest-json-protocol.ts';
import type { WireServices } from '../wire/wire-message.ts';
import { layered } from '../work/layered-services.ts';
import type { AllWorks } from '../work/works.ts';
import { stackNames } from './account.ts';
import type { DataServices } from './data-services.ts';
import type { Deployment } from './deployment.ts';
import { schedulerRequests } from './scheduler-requests.ts';

/** Everything that the runtime serves to SDKs and the `aws` command, and a function that records log entries. */
export function createWireServices(options: {
  readonly stack: string;
  readonly database: DatabaseSync;
  /** Undefined in memory. */
  readonly home: string | undefined;
  readonly now: () => number;
  readonly deployment: Deployment;
  readonly engine: Service;
  readonly glue: Glue;
  readonly data: DataServices;
  /** The services that do the work of tasks. */
  readonly works: Pick<AllWorks, 'services' | 'restServices'>;
  readonly bus: Service;
  readonly s3: S3;
  readonly functions: () => Pick<Functions, 'invoke'>;
  readonly findRun: FindRun;
  readonly onSurprise: (error: unknown) => void;
  readonly calls: CallFaults | undefined;
}): { readonly services: WireServices; readonly noteLog: (entry: LogEntry) => void } {
  const { stack, home, now, deployment, engine, glue, data, bus, s3, onSurprise } = options;
  const names = stackNames(stack);
  const functionLogs = createFunctionLogs(
    functionNames.map((name) => `${stack}-${name}`),
    now(),
  );
  const jobLogs = home === undefined ? [] : [createGlueLogs({ home, jobs: deployment.jobs, runs: glue.runs })];
  const logs = logOperations(joinSources([functionLogs, ...jobLogs]), { id: account, region });
  const workflows = workflowOperations(options.database, options.findRun);
  const tasks = Object.entries(options.works.restServices).map(([name, service]) => [
    name,
    restJsonRequests(name, service, options.calls),
  ]);
  const bookmarks = home === undefined ? {} : bookmarkOperations(home, deployment.jobs);
  return {
    services: {
      json: layered(options.works.services, {
        AWSStepFunctions: engine,
        AWSGlue: { operations: { ...glue.operations, ...data.glue, ...workflows, ...bookmarks } },
        AmazonAthena: data.athena,
        AWSEvents: bus,
        Logs_20140328: logs,
      }),
      rest: {
        ...Object.fromEntries(tasks),
        lambda: lambdaRequests({ invoke: (name, event) => options.functions().invoke(name, event) }, names),
        scheduler: schedulerRequests({
          pipelines: () => deployment.catalog.pipelines.map(({ pipeline }) => pipeline),
          stack,
          names,
        }),
      },
      s3,
      onSurprise,
      ...present({ faults: options.calls }),
    },
    noteLog(entry) {
      const name = currentInvocation()?.name;
      if (name !== undefined) {
        functionLogs.note(`${stack}-${name}`, { timestamp: Math.trunc(now()), message: JSON.stringify(entry) });
      }
    },
  };
}
