import type { Account, Need } from './account.ts';

/** A check of an assumption of the code that AWS does not document. */
export type Check = {
  readonly name: string;
  /** The assumption in a few words. */
  readonly assumes: string;
  /** The most that it costs, in US dollars. */
  readonly cost: number;
  readonly needs?: Need;
  run(account: Account): Promise<Finding>;
};

/** `differs, act`: the code is wrong, or slow. */
export type Verdict = 'as assumed' | 'differs, harmless' | 'differs, act' | 'skipped' | 'not settled';

export type Finding = { readonly seen: string; readonly verdict: Verdict };

export type CheckResult = Finding & { readonly check: string; readonly assumes: string };

export function asAssumed(seen: string): Finding {
  return { seen, verdict: 'as assumed' };
}

export function harmless(seen: string): Finding {
  return { seen, verdict: 'differs, harmless' };
}

export function act(seen: string): Finding {
  return { seen, verdict: 'differs, act' };
}

/** The event that would have shown it did not happen. */
export function notSettled(seen: string): Finding {
  return { seen, verdict: 'not settled' };
}

/**
 * A Python shell job of the smallest size: 1/16 DPU at $0.44 an hour, for at least a minute. List price of us-east-1,
 * November 2026.
 */
export function jobMinutes(minutes: number): number {
  return (minutes * 0.44) / 16 / 60;
}
