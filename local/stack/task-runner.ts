import { isJsonObject } from '../../shared/json.ts';
import { awsServices } from '../../shared/tasks/aws/aws-services.ts';
import { type TaskCall, TaskFailure, type TaskRunner } from '../engine/ports/task-runner.ts';
import type { Glue } from '../glue/glue.ts';
import { type Functions, isFunctionName } from '../lambda/functions.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import type { AllWorks } from '../work/works.ts';

export type TaskRunnerOptions = {
  /** Passed as a function, because the functions need the engine, and the engine needs them. */
  readonly functions: () => Functions;
  /** The name of a function without the stack's prefix. */
  readonly functionName: (nameOrArn: string) => string;
  /** By service name in `arn:aws:states:::aws-sdk:SERVICE:…`. */
  readonly jobs: () => Pick<Glue, 'runToEnd' | 'stopByKey'>;
  readonly works: Pick<AllWorks, 'runToEnd' | 'isKnown' | 'stopByKey'>;
  readonly services: () => Readonly<Record<string, Service>>;
};

/** Performs Task states: Lambda functions, and operations of the embedded services. */
export function createTaskRunner(options: TaskRunnerOptions): TaskRunner {
  async function run(call: TaskCall): Promise<unknown> {
    const resource = call.resource.replace(/\.waitForTaskToken$/, '');
    if (resource.startsWith('arn:aws:lambda:')) return invoke(resource, call.arguments, call);
    if (resource === 'arn:aws:states:::lambda:invoke') return invokeOptimized(call);
    if (resource === jobToItsEnd) return runJob(call);
    const [, action] = sdkCall.exec(resource) ?? [];
    if (action !== undefined && options.works.isKnown(sdkAction, action)) return replaced(action, call);
    const [, service, operation] = /^arn:aws:states:::(?:aws-sdk:)?(\w+):(\w+)$/.exec(resource) ?? [];
    if (service === undefined || operation === undefined) throw notServed(call.resource);
    if (action !== undefined && operationOf(service, operation) === undefined) {
      // a state may catch it, unlike an unknown resource
      throw new TaskFailure('States.TaskFailed', `${unserved(action)}: give its task a \`local:\` replacement`);
    }
    return callService(service === 'events' ? 'eventbridge' : service, operation, call.arguments);
  }

  /** `lambda:invoke` wraps the function's result, as the API does. */
  async function invokeOptimized(call: TaskCall): Promise<unknown> {
    const { FunctionName: name, Payload: payload } = isJsonObject(call.arguments) ? call.arguments : {};
    if (typeof name !== 'string') throw new TaskFailure('States.Runtime', 'lambda:invoke needs a FunctionName');
    const Payload = await invoke(name, payload ?? {}, call);
    return { ExecutedVersion: '$LATEST', Payload, SdkHttpMetadata: { HttpStatusCode: 200 }, StatusCode: 200 };
  }

  async function invoke(nameOrArn: string, payload: unknown, { taskToken }: TaskCall): Promise<unknown> {
    const name = options.functionName(nameOrArn);
    // a function of the project may have the name of one of the stack's
    const isProjects = name === nameOrArn || !isFunctionName(name);
    if (isProjects && options.works.isKnown(projectFunction, nameOrArn)) {
      return invokeProjects(nameOrArn, payload, taskToken);
    }
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

  async function invokeProjects(name: string, payload: unknown, key: string): Promise<unknown> {
    const input = isJsonObject(payload) ? payload : {};
    const {
      state,
      output = null,
      error: errorType = 'Error',
      message: errorMessage = state,
    } = await options.works.runToEnd(projectFunction, name, input, key);
    if (state === 'succeeded') return output;
    throw new TaskFailure(errorType, JSON.stringify({ errorType, errorMessage }));
  }

  /** A task's `local` does it, or the simulator. */
  async function replaced(action: string, { arguments: given, taskToken }: TaskCall): Promise<unknown> {
    const input = isJsonObject(given) ? given : {};
    const { state, output = null, error, message } = await options.works.runToEnd(sdkAction, action, input, taskToken);
    if (state === 'succeeded') return output;
    throw new TaskFailure(error ?? 'States.TaskFailed', message ?? state);
  }

  function operationOf(name: string, operation: string): Service['operations'][string] | undefined {
    const services = options.services();
    const service = Object.hasOwn(services, name) ? services[name] : undefined;
    const method = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
    return service && Object.hasOwn(service.operations, method) ? service.operations[method] : undefined;
  }

  async function callService(name: string, operation: string, input: unknown): Promise<unknown> {
    const perform = operationOf(name, operation);
    if (perform === undefined) throw notServed(`${name}:${operation}`);
    try {
      if (!inLowerCase.has(name)) return await perform(input);
      return renamed(await perform(renamed(input, 'toLowerCase')), 'toUpperCase');
    } catch (error) {
      throw asTaskFailure(name, error);
    }
  }

  /** As on AWS, the ended run is the result, or the cause of the failure. */
  async function runJob({ taskToken, arguments: input, submitted }: TaskCall): Promise<unknown> {
    const started = (id: string) => submitted({ JobRunId: id, SdkHttpMetadata: { HttpStatusCode: 200 } });
    const ended = options.jobs().runToEnd(taskToken, input, started);
    const run = await ended.catch((error: unknown) => {
      throw asTaskFailure('glue', error);
    });
    const shown = inMilliseconds(run);
    if (run.JobRunState !== 'SUCCEEDED') throw new TaskFailure('States.TaskFailed', JSON.stringify(shown));
    return shown;
  }

  return {
    run,
    cancel({ resource, taskToken }) {
      if (resource === jobToItsEnd) options.jobs().stopByKey(taskToken);
      if (sdkCall.test(resource)) options.works.stopByKey(sdkAction, taskToken);
      if (resource === 'arn:aws:states:::lambda:invoke') options.works.stopByKey(projectFunction, taskToken);
    },
  };
}

/** The kind of work that stands for functions which are not the stack's. */
const projectFunction = 'lambda';

/** The kind of work that stands for an action of a service, by its name in the resource. */
const sdkAction = 'aws';

const sdkCall = /^arn:aws:states:::aws-sdk:(\w+:\w+)$/;

const jobToItsEnd = 'arn:aws:states:::glue:startJobRun.sync';

function notServed(resource: string): TaskFailure {
  return new TaskFailure('States.Runtime', unserved(resource));
}

function unserved(resource: string): string {
  return `${resource} is not supported by the embedded runtime`;
}

/** Optimized integrations use epoch milliseconds. */
function inMilliseconds(run: Record<string, unknown>): Record<string, unknown> {
  const times = ['StartedOn', 'LastModifiedOn', 'CompletedOn'].flatMap((name) => {
    const time = run[name];
    return typeof time === 'number' ? [[name, time * 1_000]] : [];
  });
  return { ...run, ...Object.fromEntries(times) };
}

/** Passes unexpected errors on unchanged. */
function asTaskFailure(service: string, error: unknown): unknown {
  return error instanceof ServiceError ? new TaskFailure(sdkErrorName(service, error.name), error.message) : error;
}

/** Services whose own API uses field names in lower camel case. */
const inLowerCase: ReadonlySet<string> = new Set(['sfn', 'emrserverless', 'batch', 'ecs']);

/** SDK integrations always use field names in Pascal case (Step Functions guide, SDK integrations). */
function renamed(value: unknown, first: 'toLowerCase' | 'toUpperCase'): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, first));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [`${key.charAt(0)[first]()}${key.slice(1)}`, renamed(inner, first)]),
  );
}

/** Error names of AWS SDK integrations: the service's name, and `Exception` at the end. */
function sdkErrorName(service: string, error: string): string {
  const prefix = awsServices.get(service)?.name ?? service;
  return `${prefix}.${error.endsWith('Exception') ? error : `${error}Exception`}`;
}
