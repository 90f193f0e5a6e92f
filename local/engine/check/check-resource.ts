import { type Check, field, type Place, report } from './diagnostic.ts';
import { type Fields, isFields } from './object-fields.ts';
import { isKnownIntegration } from './service-integrations.ts';

/**
 * Checks a Task's Resource. Integrations must be known; other ARNs and URIs are accepted. Express machines cannot use
 * activities, or wait for more than the response.
 */
export const resource: Check = (value, place) => {
  if (typeof value !== 'string' || !/^[^\s:]+:\S+$/.test(value)) {
    return report(place, 'Value is not a valid resource ARN');
  }
  const integration = /^arn:[^:]+:states:::(.+)$/.exec(value)?.[1];
  if (integration !== undefined && !isKnownIntegration(integration)) {
    report(
      place,
      `The resource provided ${value} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
    );
  }
  if (place.type !== 'EXPRESS') return;
  if (/^arn:[^:]+:states:[^:]*:[^:]*:activity:/.test(value))
    report(place, 'Express state machine does not support Activity ARN');
  const pattern = /\.(sync|waitForTaskToken)(?::2)?$/.exec(value)?.[1];
  if (integration !== undefined && pattern !== undefined) {
    report(place, `Express state machine does not support '.${pattern}' service integration`);
  }
};

/** The integrations that read a Map's items and write its results. */
export const s3Resource =
  (...names: readonly string[]): Check =>
  (value, place) => {
    const name = typeof value === 'string' ? /^arn:[^:]+:states:::s3:(.+)$/.exec(value)?.[1] : undefined;
    if (name === undefined || !names.includes(name)) report(place, 'Value is not a valid resource ARN');
  };

/**
 * Credentials must contain the role to assume (recorded). For resources outside Step Functions, the States Language
 * leaves their content open.
 */
export function checkCredentials(task: Fields, place: Place): void {
  const { Credentials: given, Resource: resourceArn } = task;
  if (!isFields(given) || typeof resourceArn !== 'string' || !/^arn:[^:]+:(?:states|lambda):/.test(resourceArn)) return;
  const names = Object.keys(given).map((name) => name.replace(/\.\$$/, '').toLowerCase());
  if (!names.includes('rolearn'))
    report(field(place, 'Credentials'), "The field 'RoleArn' is required but was missing");
}
