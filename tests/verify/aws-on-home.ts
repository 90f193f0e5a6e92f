import { CloudWatchClient, type Dimension, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { createVirtualClock } from '../../local/clock/virtual-clock.ts';
import { openRuntime } from '../../local/runtime.ts';
import type { Faults } from '../../local/runtime-options.ts';
import type { Service } from '../../local/service/service.ts';
import { ServiceError } from '../../local/service/service-error.ts';
import { createClients } from '../../local/stack/clients.ts';
import { embeddedRequestHandler } from '../../local/wire/embedded-request-handler.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';

const seconds: Readonly<Record<string, number>> = { succeeds: 40, fails: 30 };

/**
 * The embedded runtime with what only an account has: jobs and rules made by calls, and metrics.
 *
 * @param dimensions of the metrics that there are
 */
export async function openAwsOnHome(
  faults: Faults = {},
  dimensions: readonly string[] = ['StateMachineArn', 'Version', 'Alias'],
) {
  const clock = createVirtualClock(Date.UTC(2026, 0, 1));
  const jobs = new Map<string, Job>();
  const rules = new Map<string, JsonObject>();
  const runtime = await openRuntime({
    home: ':memory:',
    clock,
    pipelines: [],
    jobs: {},
    schedules: false,
    faults,
    simulate: ({ arguments: { '--does': does = '' } }) => ({
      seconds: seconds[does] ?? 3_600,
      state: does === 'fails' ? 'FAILED' : 'SUCCEEDED',
    }),
  });
  const { json } = runtime.services;
  const deployed = () => runtime.deploy({ pipelines: [], jobs: Object.fromEntries(jobs) });

  const glue: Service['operations'] = {
    ...json.AWSGlue?.operations,
    async CreateJob(input) {
      const { Name, Timeout, ExecutionProperty, DefaultArguments } = fieldsOf(input);
      const name = String(Name);
      const { '--does': does } = fieldsOf(DefaultArguments);
      const { MaxConcurrentRuns } = fieldsOf(ExecutionProperty);
      jobs.set(name, {
        name,
        type: 'pythonshell',
        args: { does: String(does) },
        maxConcurrentRuns: Number(MaxConcurrentRuns),
        timeoutMinutes: Number(Timeout),
      });
      await deployed();
      return { Name };
    },
    async DeleteJob(input) {
      jobs.delete(String(fieldsOf(input).JobName));
      await deployed();
      return {};
    },
  };
  const events: Service['operations'] = {
    ...json.AWSEvents?.operations,
    async PutRule(input) {
      const { Name, EventPattern } = fieldsOf(input);
      rules.set(String(Name), fieldsOf(JSON.parse(String(EventPattern))));
      return {};
    },
    async PutTargets(input) {
      const { Rule, Targets } = fieldsOf(input);
      const [target] = Array.isArray(Targets) ? Targets : [];
      const stateMachineArn = String(fieldsOf(target).Arn);
      runtime.bus.addRule({
        name: String(Rule),
        pattern: rules.get(String(Rule)),
        target: async (event) =>
          runtime.engine.operations.StartExecution?.({ stateMachineArn, input: JSON.stringify(event) }),
      });
      return { FailedEntryCount: 0 };
    },
    RemoveTargets: async () => ({ FailedEntryCount: 0 }),
    async DeleteRule(input) {
      const name = String(fieldsOf(input).Name);
      if (!rules.delete(name)) throw new ServiceError('ResourceNotFoundException', name);
      return {};
    },
  };
  const services = {
    ...runtime.services,
    json: { ...json, AWSGlue: { operations: glue }, AWSEvents: { operations: events } },
  };
  const clients = createClients(embeddedRequestHandler(services));
  const metrics = new CloudWatchClient({ region: 'us-east-1' });
  mockClient(metrics)
    .on(GetMetricStatisticsCommand)
    .callsFake(({ Dimensions }: { Dimensions: readonly Dimension[] }) => ({
      Datapoints: Dimensions.every(({ Name = '' }) => dimensions.includes(Name)) ? [{ Sum: 1 }] : [],
    }));
  return {
    runtime,
    jobs,
    rules,
    clients: { ...clients, once: clients.glue, metrics },
    clock: () => clock.now(),
    async sleep(milliseconds: number) {
      const end = clock.now() + milliseconds;
      let over = false;
      clock.at(end, () => {
        over = true;
      });
      await clock.run(() => over);
    },
  };
}

function fieldsOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
