import type { WireRequest, WireResponse } from '../service/http-message.ts';
import type { Functions } from './functions.ts';
import { functionNames, isFunctionName } from './functions.ts';

/** Converts between a function's own name, and its name and ARN in the stack. */
export type FunctionNaming = {
  readonly functionArn: (name: string) => string;
  readonly functionName: (nameOrArn: string) => string;
};

/** Lambda's REST API for the stack's own functions: `ListFunctions`, `GetFunction` and `Invoke`. */
export function lambdaRequests(
  functions: Pick<Functions, 'invoke'>,
  naming: FunctionNaming,
): (request: WireRequest) => Promise<WireResponse> {
  const describe = (name: string) => {
    const FunctionArn = naming.functionArn(name);
    const FunctionName = FunctionArn.replace(/^.*:/, '');
    return {
      FunctionName,
      FunctionArn,
      Runtime: 'nodejs24.x',
      PackageType: 'Zip',
      Version: '$LATEST',
      State: 'Active',
    };
  };

  async function invoke(name: string, request: WireRequest): Promise<WireResponse> {
    const event: unknown = request.body.byteLength === 0 ? {} : parsed(request.body);
    if (event === undefined || !isFunctionName(name))
      return refuse(400, 'InvalidRequestContentException', 'Could not parse request body into json');
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (type === 'DryRun') return { status: 204, headers: {}, body: new Uint8Array() };
    const answer = functions.invoke(name, event);
    if (type === 'Event') {
      // Nobody waits for the answer, and the function's log contains the error.
      answer.catch(() => undefined);
      return json(202, {});
    }
    try {
      return json(200, await answer, { 'x-amz-executed-version': '$LATEST' });
    } catch (error) {
      const { name: errorType, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
      return json(200, { errorType, errorMessage }, { 'x-amz-function-error': 'Unhandled' });
    }
  }

  return async (request) => {
    const [, encoded, rest] = /^\/2015-03-31\/functions(?:\/([^/]*))?(?:\/(.*))?$/.exec(request.path) ?? [];
    if (request.method === 'GET' && /^\/2015-03-31\/functions\/?$/.test(request.path)) {
      return json(200, { Functions: functionNames.map(describe) });
    }
    const name = encoded === undefined ? undefined : naming.functionName(decodeURIComponent(encoded));
    if (name !== undefined && name !== '' && !isFunctionName(name)) {
      return refuse(404, 'ResourceNotFoundException', `Function not found: ${naming.functionArn(name)}`);
    }
    if (name !== undefined && request.method === 'POST' && rest === 'invocations') return invoke(name, request);
    if (name !== undefined && request.method === 'GET' && (rest === undefined || rest === 'configuration')) {
      return json(200, rest === undefined ? { Configuration: describe(name) } : describe(name));
    }
    return refuse(501, 'NotImplemented', `${request.method} ${request.path} is not a supported Lambda operation`);
  };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): WireResponse {
  const body = new TextEncoder().encode(JSON.stringify(value ?? null));
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

function refuse(status: number, type: string, message: string): WireResponse {
  return json(status, { Type: 'User', Message: message, message }, { 'x-amzn-errortype': type });
}
