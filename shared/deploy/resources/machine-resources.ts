import type { Json } from '../../json.ts';
import { alarm } from '../template/alarm.ts';
import { type Digest, liveAlias, logicalId, machineNameLimit, physicalName } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import { getAtt, type Resource, ref } from '../template/template.ts';

/** The definition's text, or its address. */
export type Definition = { readonly text: string } | { readonly bucket: Json; readonly key: string };

export function machineName(stack: string, name: string, digest: Digest): string {
  return physicalName(stack, name, machineNameLimit, digest);
}

/**
 * A state machine and the version of this deployment. Versions are kept, because a running execution continues with
 * its own.
 *
 * @param what.name without the stack's name
 */
export function machineResources(
  what: {
    readonly name: string;
    readonly roleArn: Json;
    readonly definition: Definition;
    readonly substitutions?: Json;
  },
  settings: Settings,
  place: { readonly logGroup: string; readonly digest: Digest },
): Record<string, Resource> {
  const id = (part: string): string => logicalId('Pipeline', what.name, part, place.digest);
  return {
    [id('Machine')]: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: machineName(settings.stack, what.name, place.digest),
        StateMachineType: 'STANDARD',
        RoleArn: what.roleArn,
        ...definitionProperties(what.definition),
        ...(what.substitutions !== undefined && { DefinitionSubstitutions: what.substitutions }),
        LoggingConfiguration: {
          Level: 'ERROR',
          // not logged: parameters and outputs belong to the pipeline, and tasks' payloads hold tokens
          IncludeExecutionData: false,
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: getAtt(place.logGroup, 'Arn') } }],
        },
      },
    },
    [id('Version')]: {
      Type: 'AWS::StepFunctions::StateMachineVersion',
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        StateMachineArn: ref(id('Machine')),
        StateMachineRevisionId: getAtt(id('Machine'), 'StateMachineRevisionId'),
      },
    },
  };
}

function definitionProperties(definition: Definition): { readonly [name: string]: Json } {
  if ('text' in definition) return { DefinitionString: definition.text };
  return { DefinitionS3Location: { Bucket: definition.bucket, Key: definition.key } };
}

/** The alias through which runs start, and the alarm that rolls a canary back. */
export function releaseResources(machine: string, settings: Settings, digest: Digest): Record<string, Resource> {
  const id = (what: string): string => logicalId('Pipeline', machine, what, digest);
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
    ...(settings.release.kind === 'canary' && { [id('Alarm')]: canaryAlarm(machine, settings, id) }),
  };
}

/** Signs of a bad version. Runs that somebody stopped do not count. */
const failures = ['ExecutionsFailed', 'ExecutionsTimedOut'] as const;

/**
 * Counts failures of the new version only: runs of the version before fail until the repair that is being deployed has all
 * of them. The documentation promises no metrics by version or alias. Where a failed run is in none by the alias, through
 * which all runs start, the alarm counts every failure of the machine: a rollback too many is better than none.
 */
function canaryAlarm(machine: string, settings: Settings, id: (part: string) => string): Resource {
  const whole = [{ Name: 'StateMachineArn', Value: ref(id('Machine')) }];
  const dimensions = {
    // the number at the end of the version's ARN
    version: [...whole, { Name: 'Version', Value: { 'Fn::Select': [7, { 'Fn::Split': [':', ref(id('Version'))] }] } }],
    alias: [...whole, { Name: 'Alias', Value: liveAlias }],
    machine: whole,
  };
  const count = (of: keyof typeof dimensions): string =>
    `(${failures.map((name) => `FILL(${of}${name}, 0)`).join(' + ')})`;
  return alarm(settings, {
    description: `a run of the new version of ${machine} failed or timed out`,
    metrics: [
      ...Object.entries(dimensions).flatMap(([of, Dimensions]) =>
        failures.map((MetricName) => ({
          Id: `${of}${MetricName}`,
          ReturnData: false,
          MetricStat: { Stat: 'Sum', Period: 60, Metric: { Namespace: 'AWS/States', MetricName, Dimensions } },
        })),
      ),
      {
        Id: 'bad',
        Label: 'runs that ended badly',
        Expression: `${count('version')} + IF(${count('alias')} > 0, 0, ${count('machine')})`,
        ReturnData: true,
      },
    ],
  });
}
