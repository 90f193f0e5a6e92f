import { isJsonObject } from '../shared/json.ts';
import { ServiceError } from './engine/service-error.ts';
import { type TaskCall, TaskFailure, type TaskRunner } from './engine/task-runner.ts';
import { type Functions, isFunctionName } from './functions.ts';
import type { Service } from './service.ts';

export type TaskRunnerOptions = {
  /** Handed in as a function, since the functions stand on the engine, and the engine on these. */
  readonly functions: () => Functions;
  /** The name of a function without what the stack puts before it. */
  readonly functionName: (nameOrArn: string) => string;
  /** By the service's name in `arn:aws:states:::aws-sdk:SERVICE:…`. */
  readonly services: () => Readonly<Record<string, Service>>;
};

/** Performs Task states: Lambda functions, and the operations of the services that are embedded here. */
export function createTaskRunner(options: TaskRunnerOptions): TaskRunner {
  async function run(call: TaskCall): Promise<unknown> {
    const resource = call.resource.replace(/\.waitForTaskToken$/, '');
    if (resource.startsWith('arn:aws:lambda:')) return invoke(resource, call.arguments);
    if (resource === 'arn:aws:states:::lambda:invoke') return invokeOptimized(call.arguments);
    const [, service = '', operation = ''] = /^arn:aws:states:::(?:aws-sdk:)?(\w+):(\w+)$/.exec(resource) ?? [];
    return callService(service === 'events' ? 'eventbridge' : service, operation, call.arguments);
  }

  /** `lambda:invoke` wraps what the function returns as the API does. */
  async function invokeOptimized(input: unknown): Promise<unknown> {
    const { FunctionName: name, Payload: payload } = isJsonObject(input) ? input : {};
    if (typeof name !== 'string') throw new TaskFailure('States.Runtime', 'lambda:invoke without a FunctionName');
    const Payload = await invoke(name, payload ?? {});
    return { ExecutedVersion: '$LATEST', Payload, SdkHttpMetadata: { HttpStatusCode: 200 }, StatusCode: 200 };
  }

  async function invoke(nameOrArn: string, payload: unknown): Promise<unknown> {
    const name = options.functionName(nameOrArn);
    if (!isFunctionName(name)) {
      throw new TaskFailure('Lambda.ResourceNotFoundException', `Function not found: ${nameOrArn}`);
    }
    try {
      return await options.functions().invoke(name, payload);
    } catch (error) {
      const errorType = error instanceof Error ? error.name : 'Error';
      const errorMessage = error instanceof Error ? error.message : String(error);
      throw new TaskFailure(errorType, JSON.stringify({ errorType, errorMessage }));
    }
  }

  async function callService(name: string, operation: string, input: unknown): Promise<unknown> {
    const services = options.services();
    const service = Object.hasOwn(services, name) ? services[name] : undefined;
    const method = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
    const perform = service && Object.hasOwn(service.operations, method) ? service.operations[method] : undefined;
    if (perform === undefined) {
      throw new TaskFailure('States.Runtime', `${name}:${operation} is not served by the embedded runtime`);
    }
    try {
      if (name !== 'sfn') return await perform(input);
      return renamed(await perform(renamed(input, 'toLowerCase')), 'toUpperCase');
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new TaskFailure(sdkErrorName(name, error.name), error.message);
    }
  }

  return { run };
}

/**
 * An integration's fields begin with capitals, whatever the service calls them (Step Functions guide, SDK integrations).
 * Of the services here only Step Functions' own begin with small letters.
 */
function renamed(value: unknown, first: 'toLowerCase' | 'toUpperCase'): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, first));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [`${key.charAt(0)[first]()}${key.slice(1)}`, renamed(inner, first)]),
  );
}

/** Errors of AWS SDK integrations: the service's name in front, and always `Exception` behind. */
function sdkErrorName(service: string, error: string): string {
  const prefix = `${service.charAt(0).toUpperCase()}${service.slice(1)}`;
  return `${prefix}.${error.endsWith('Exception') ? error : `${error}Exception`}`;
}
