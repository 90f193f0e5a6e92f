import { currentInvocation } from '../lambda/invocation.ts';

/**
 * What becomes of one call on purpose. `afterEffect`: the call is done, and what happens, happens to its answer; otherwise
 * it happens before, and only a slow call is done all the same.
 */
export type CallFault = { readonly afterEffect: boolean } & (
  | {
      /** AWS's name, such as `ThrottlingException` or `InternalServiceException`. */
      readonly error: string;
      readonly status?: number;
    }
  /** It takes so long; the function that waits for it may be out of time by then. `givenUp`: its client hears no answer. */
  | { readonly seconds: number; readonly givenUp?: boolean }
  /** There is never an answer: the function has crashed. Outside of any, the error is `Lambda.Unknown`. */
  | { readonly dies: true }
  /** There is never an answer; this happens instead. */
  | { readonly crash: () => void }
);

/** By the service, as `x-amz-target` names it, or `Ledger`, or `S3`; asked before each call. */
export type CallFaults = (service: string, operation: string) => CallFault | undefined;

/** @throws {BrokenCall} */
export async function performCall<T>(fault: CallFault | undefined, act: () => Promise<T>): Promise<T> {
  const invocation = currentInvocation();
  if (invocation?.gone) return never();
  if (fault?.afterEffect === false) await happen(fault);
  const answer = await act();
  if (fault?.afterEffect === true) await happen(fault);
  if (fault !== undefined && 'seconds' in fault && fault.givenUp) throw new BrokenCall('RequestTimeoutException', 500);
  return invocation?.gone ? never() : answer;
}

async function happen(fault: CallFault): Promise<void> {
  const invocation = currentInvocation();
  if ('seconds' in fault) return invocation?.wait(fault.seconds * 1_000);
  if ('error' in fault) throw new BrokenCall(fault.error, fault.status ?? (fault.afterEffect ? 500 : 400));
  if ('crash' in fault) fault.crash();
  else if (invocation === undefined) throw new BrokenCall('Lambda.Unknown', 500);
  else invocation.die();
  return never();
}

function never(): Promise<never> {
  return new Promise(() => {});
}

/** As the SDK throws the errors of a service, for what is not reached by the wire. */
export class BrokenCall extends Error {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(name: string, httpStatusCode: number) {
    super('Broken on purpose');
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}
