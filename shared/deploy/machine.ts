import type { Compiled, CompiledMachine, Target } from '../asl/compiled.ts';
import type { Json } from '../json.ts';
import { alarm } from './alarms.ts';
import { machinePermissions, type Substitution } from './machine-permissions.ts';
import { type Digest, functionArn, liveAlias, logicalId, machineNameLimit, physicalName } from './names.ts';
import { role } from './policy.ts';
import type { Settings } from './settings.ts';
import { getAtt, type Resource, ref } from './template.ts';

/** The target to compile for AWS: ARNs are tokens, which CloudFormation replaces by `DefinitionSubstitutions`. */
export const machineTarget: Target = {
  functionArn: (name) => token('Function', name),
  stateMachineArn: (name) => token('Machine', name),
};

/** Letters and digits only: the names of substitutions are documented no further. */
function token(kind: string, name: string): string {
  return `\${${kind}${name.replaceAll(/[^A-Za-z0-9]/g, '')}}`;
}

const invokedFunctions = ['start-task', 'signal', 'finish-run'] as const;

/** The definition's text, or where it lies. */
export type Definition = { readonly text: string } | { readonly bucket: Json; readonly key: string };

/**
 * The resources of one pipeline's machines: for each a role, the machine and its version; for the pipeline's own the
 * alias by which runs are started, and its alarm. Parts are started by their version: an execution that began before a
 * deployment finds, until its end, the parts that it was compiled with.
 */
export function machineResources(
  compiled: Compiled,
  settings: Settings,
  place: {
    readonly logGroup: string;
    readonly define: (machine: CompiledMachine) => Definition;
    readonly digest: Digest;
  },
): Record<string, Resource> {
  const { digest } = place;
  const [main, ...parts] = compiled.machines;
  const substitutions = new Map<string, Substitution>();
  for (const name of invokedFunctions) {
    const arn = functionArn(settings.stack, name);
    substitutions.set(machineTarget.functionArn(name), { kind: 'function', name, arn });
  }
  for (const { name } of parts) {
    const machine = machineName(settings.stack, name, digest);
    const version = ref(logicalId('Pipeline', name, 'Version', digest));
    substitutions.set(machineTarget.stateMachineArn(name), { kind: 'machine', machine, version });
  }

  const resources: Record<string, Resource> = {};
  for (const machine of compiled.machines) {
    const id = (what: string): string => logicalId('Pipeline', machine.name, what, digest);
    resources[id('Role')] = role(
      'states.amazonaws.com',
      `State machine ${machine.name} of ${settings.stack}`,
      machinePermissions(machine.definition, substitutions),
    );
    resources[id('Machine')] = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: machineName(settings.stack, machine.name, digest),
        StateMachineType: 'STANDARD',
        RoleArn: getAtt(id('Role'), 'Arn'),
        ...definitionProperties(place.define(machine)),
        DefinitionSubstitutions: usedSubstitutions(machine, substitutions),
        LoggingConfiguration: {
          Level: 'ERROR',
          // Parameters and outputs are the pipeline's own business, and payloads of tasks hold their tokens.
          IncludeExecutionData: false,
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: getAtt(place.logGroup, 'Arn') } }],
        },
      },
    };
    resources[id('Version')] = {
      Type: 'AWS::StepFunctions::StateMachineVersion',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        StateMachineArn: ref(id('Machine')),
        StateMachineRevisionId: getAtt(id('Machine'), 'StateMachineRevisionId'),
      },
    };
  }
  return { ...resources, ...release(main, settings, digest) };
}

export function machineName(stack: string, name: string, digest: Digest): string {
  return physicalName(stack, name, machineNameLimit, digest);
}

function definitionProperties(definition: Definition): { readonly [name: string]: Json } {
  if ('text' in definition) return { DefinitionString: definition.text };
  return { DefinitionS3Location: { Bucket: definition.bucket, Key: definition.key } };
}

/** Those that occur in the definition: CloudFormation's linter rightly complains of the others. */
function usedSubstitutions(machine: CompiledMachine, all: ReadonlyMap<string, Substitution>): Json {
  const text = JSON.stringify(machine.definition);
  const used = [...all].filter(([token]) => text.includes(token));
  return Object.fromEntries(
    used.map(([token, target]) => [token.slice(2, -1), target.kind === 'function' ? target.arn : target.version]),
  );
}

/** The alias that runs are started by, and the alarm that rolls a canary back. */
function release(main: CompiledMachine, settings: Settings, digest: Digest): Record<string, Resource> {
  const id = (what: string): string => logicalId('Pipeline', main.name, what, digest);
  const watched = settings.alarmTopic !== undefined || settings.release.kind === 'canary';
  return {
    [id('Alias')]: {
      Type: 'AWS::StepFunctions::StateMachineAlias',
      Properties: {
        Name: liveAlias,
        DeploymentPreference: {
          StateMachineVersionArn: ref(id('Version')),
          ...(settings.release.kind === 'canary'
            ? {
                Type: 'CANARY',
                Percentage: settings.release.percent,
                Interval: settings.release.minutes,
                Alarms: [ref(id('Alarm'))],
              }
            : { Type: 'ALL_AT_ONCE' }),
        },
      },
    },
    ...(watched && { [id('Alarm')]: failedRunsAlarm(main, settings, id('Machine')) }),
  };
}

const failures = ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'] as const;

function failedRunsAlarm(main: CompiledMachine, settings: Settings, machineId: string): Resource {
  const Dimensions = [{ Name: 'StateMachineArn', Value: ref(machineId) }];
  return alarm(settings, `a run of ${main.name} failed, timed out or was stopped`, 0, [
    ...failures.map((MetricName, index) => ({
      Id: `m${index}`,
      ReturnData: false,
      MetricStat: { Stat: 'Sum', Period: 60, Metric: { Namespace: 'AWS/States', MetricName, Dimensions } },
    })),
    {
      Id: 'bad',
      Label: 'runs that ended badly',
      Expression: failures.map((_, index) => `FILL(m${index}, 0)`).join(' + '),
      ReturnData: true,
    },
  ]);
}
