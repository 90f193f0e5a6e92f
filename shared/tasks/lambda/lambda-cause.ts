import * as z from 'zod/mini';

/** What Lambda says of a function that threw: the cause of the state's error, as JSON. */
const thrown = z.object({ errorMessage: z.string() });

/** The error and its message, without the function's stack trace. */
export function readLambdaCause(error: string, cause: string): string {
  const message = z.safeParse(thrown, parsed(cause)).data?.errorMessage ?? messageIn(cause);
  return message === '' ? error : `${error}: ${message}`;
}

/** A cause that was cut is no JSON any more. */
function messageIn(cause: string): string {
  const [, quoted] = /"errorMessage":\s*("(?:[^"\\]|\\.)*")/.exec(cause) ?? [];
  const message = quoted === undefined ? undefined : parsed(quoted);
  return typeof message === 'string' ? message : cause;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
