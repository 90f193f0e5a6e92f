import { isDeepStrictEqual } from 'node:util';

export type Stub = {
  readonly state?: string | null;
  readonly input?: unknown;
  readonly return?: unknown;
  readonly throw?: { readonly error?: string; readonly cause?: unknown };
  readonly hang?: boolean;
};

export type Answer =
  | { readonly hang: true }
  | { readonly throw: { readonly error?: string; readonly cause?: string } }
  | { readonly return: unknown };

/** Plays recorded outcomes by the state's name: an unused one whose input matches, or else the first unused one. */
export function stubPlayer(stubs: readonly Stub[], wildcards: Readonly<Record<string, string>>) {
  const left = new Set(stubs);
  return (state: string, input: unknown): Answer => {
    const candidates = [...left].filter((stub) => stub.state === state || stub.state == null);
    const exact = candidates.find((stub) => stub.input == null || matches(stub.input, input, wildcards));
    const stub = exact ?? candidates[0];
    if (stub === undefined) return { throw: { error: 'Stub.Exhausted', cause: `no outcome left for state ${state}` } };
    left.delete(stub);
    if (stub.hang === true) return { hang: true };
    if (stub.throw === undefined) return { return: structuredClone(stub.return) };
    const { error, cause } = stub.throw;
    const text = typeof cause === 'string' || cause === undefined || cause === null ? cause : JSON.stringify(cause);
    return {
      throw: { ...(error !== undefined && { error }), ...(typeof text === 'string' && { cause: text }) },
    };
  };
}

function matches(expected: unknown, actual: unknown, wildcards: Readonly<Record<string, string>>): boolean {
  if (typeof expected === 'string' && wildcards[expected] === 'value') return true;
  if (typeof expected === 'string' && typeof actual === 'string') {
    return expected === actual || Object.keys(wildcards).some((token) => expected.includes(token));
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return expected.length === actual.length && expected.every((item, at) => matches(item, actual[at], wildcards));
  }
  if (typeof expected !== 'object' || typeof actual !== 'object' || expected === null || actual === null) {
    return isDeepStrictEqual(expected, actual);
  }
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every(
      (key) => Object.hasOwn(actual, key) && matches(Reflect.get(expected, key), Reflect.get(actual, key), wildcards),
    )
  );
}
