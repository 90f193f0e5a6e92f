import type { Account, Need } from './account.ts';

/** An assumption of the code that no document settles. */
export type Check = {
  readonly name: string;
  /** What the code assumes, in a few words. */
  readonly assumes: string;
  /** At most, in US dollars. */
  readonly cost: number;
  readonly needs?: Need;
  run(account: Account): Promise<Finding>;
};

/** `act`: the code is wrong or slow in this account. */
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

/** The evidence did not appear. */
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
