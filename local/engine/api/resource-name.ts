import * as z from 'zod/mini';
import { ServiceError } from '../../service/service-error.ts';

/** White space, brackets, wildcards, special and control characters (Step Functions API reference, CreateStateMachine). */
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\ufffe\uffff]/u;

/** A name that AWS accepts. {@link requireName} checks it, because an invalid name has an error of its own. */
export const resourceName = z.string().check(z.minLength(1), z.maxLength(80));

/** @throws {ServiceError} InvalidName */
export function requireName(name: string): string {
  if (name.length >= 1 && name.length <= 80 && !forbidden.test(name)) return name;
  throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
}

/** @throws {ServiceError} InvalidArn */
export function requireArn(arn: string): string {
  if (/^arn:[a-z-]+:[a-z0-9-]+:[^:]*:[^:]*:.+$/s.test(arn)) return arn;
  throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
}
