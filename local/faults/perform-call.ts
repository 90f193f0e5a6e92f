import { currentInvocation } from '../lambda/invocation.ts';

/**
 * An injected fault of one call. With `afterEffect`, the call takes effect and only its answer fails. Without it, only
 * a slow call takes effect.
 */
export type CallFault = { readonly afterEffect: boolean } & (
  | {
      /** AWS's name, such as `ThrottlingException` or `InternalServiceException`. */
      readonly error: string;
      readonly status?: number;
    }
  /** The call takes this long, so the waiting function may time out. With `givenUp`, its client gets no answer. */
  | { readonly seconds: number; readonly givenUp?: boolean }
  /** No answer: the function crashes. Outside a function, the error is `Lambda.Unknown`. */
  | { readonly dies: true }
  /** No answer: this function is called instead. */
  | { readonly crash: () => void }
);

/** Chooses the fault of each call. The service is the one in `x-amz-target`, `Ledger` or `S3`. */
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

/** Throws a service's error as the SDK does, for calls that bypass the wire. */
export class BrokenCall extends Error {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(name: string, httpStatusCode: number) {
    super('Broken on purpose');
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}
