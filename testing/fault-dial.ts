import type { CallFault } from '../local/faults/perform-call.ts';
import { currentInvocation } from '../local/lambda/invocation.ts';
import type { Faults } from '../local/runtime-options.ts';
import { invokedAgain } from '../shared/asl/states/retry.ts';
import { subscriptions } from '../shared/deploy/resources/subscriptions.ts';
import { type CallLimits, callLimits, longestCall } from '../shared/services/call-limits.ts';
import { allKinds } from '../shared/tasks/kinds.ts';
import { createRandom } from './random.ts';

/** Faults, as shares from 0 to 1. Faults that are not named do not happen. */
export type FaultSettings = {
  /** The same seed injects the same faults. 1 by default. */
  readonly seed?: number;
  /** Events that are lost. Events that pass a queue are late instead, since queues lose nothing. */
  readonly lost?: number;
  /** Events, and invocations by states, that are doubled. */
  readonly doubled?: number;
  /** Events that are up to ten minutes late, so others overtake them. */
  readonly delayed?: number;
  /** Calls to Glue, Step Functions, S3 and the ledger that are refused, without effect. */
  readonly throttled?: number;
  /** Calls that return a service error, half of them after they took effect. */
  readonly failing?: number;
  /** Calls that take up to a minute and a half. Beyond the client's limit the call is given up, with an unknown result. */
  readonly slow?: number;
  /** Calls at which the function crashes, half of them after they took effect. */
  readonly dying?: number;
  /** The most seconds by which an invocation's clock is wrong, either way. */
  readonly skewSeconds?: number;
};

/** All faults at once. */
export const everyFault = {
  lost: 0.1,
  doubled: 0.1,
  delayed: 0.1,
  throttled: 0.06,
  failing: 0.06,
  slow: 0.03,
  dying: 0.05,
  skewSeconds: 2,
} as const satisfies FaultSettings;

export interface FaultDial {
  readonly faults: Faults;
  /** The injected faults so far, in words. */
  readonly happened: readonly string[];
  /** Pauses the faults until the returned function is called. */
  pause(): () => void;
}

/**
 * A state retries a failed function eight times, however long the state lasts. Then its task fails, as it should. The
 * dial stays below that. Other callers retry for ever: there the dial fails only a share of the time, so that the
 * reconciler, every five minutes at most, succeeds now and then.
 */

const burst = { faults: 4, milliseconds: 30 * 60_000 };
const invokedByStates: ReadonlySet<string> = new Set(['start-task', 'signal', 'finish-run']);

/** The clients' limits, by service. */
const limits: Readonly<Record<string, CallLimits>> = {
  Ledger: callLimits.ledger,
  S3: callLimits.objects,
  AWSGlue: callLimits.work,
  AWSEvents: callLimits.events,
  AWSStepFunctions: callLimits.states,
};

/** Rules whose events come straight from EventBridge. */
const lossy: ReadonlySet<string> = new Set(
  subscriptions('', new Set(allKinds.map(({ kind }) => kind))).flatMap((each) =>
    'pattern' in each ? [each.rule] : [],
  ),
);

/** @param now epoch milliseconds */
export function createFaultDial(settings: FaultSettings, now: () => number): FaultDial {
  const random = createRandom(settings.seed ?? 1);
  const {
    lost = 0,
    doubled = 0,
    delayed = 0,
    throttled = 0,
    failing = 0,
    slow = 0,
    dying = 0,
    skewSeconds = 0,
  } = settings;
  const happened: string[] = [];
  let recent: number[] = [];
  let inStates = 0;
  let on = true;
  const note = <T>(what: string, fault: T): T => {
    happened.push(what);
    return fault;
  };
  /** Whether one more failure of a function is allowed. */
  const mayFail = (): boolean => {
    if (invokedByStates.has(currentInvocation()?.name ?? '')) {
      inStates += 1;
      return inStates <= invokedAgain;
    }
    recent = recent.filter((time) => time > now() - burst.milliseconds);
    if (recent.length >= burst.faults) return false;
    recent.push(now());
    return true;
  };
  const late = (): number => random.integer(1, 600) * 1_000;

  function broken(service: string, operation: string): CallFault | undefined {
    const name = `${service}.${operation}`;
    const draw = random.next();
    const afterEffect = random.chance(0.5);
    const when = afterEffect ? 'after' : 'before';
    if (draw < dying)
      return mayFail() ? note(`${name}: the function dies ${when}`, { afterEffect, dies: true }) : undefined;
    if (draw < dying + slow) {
      const limit = Math.floor(longestCall(limits[service] ?? callLimits.states) / 1_000);
      const drawn = random.integer(1, 90);
      const fault = { afterEffect, seconds: Math.min(drawn, limit), givenUp: drawn > limit };
      return mayFail()
        ? note(`${name}: ${fault.seconds} s slow ${when}${fault.givenUp ? ', and given up' : ''}`, fault)
        : undefined;
    }
    // functions survive refusals and failures of Glue and Step Functions, but not of the ledger
    if (service === 'Ledger' && draw < dying + slow + throttled + failing && !mayFail()) return undefined;
    if (draw < dying + slow + throttled)
      return note(`${name}: throttled`, { error: refusal(service, operation), afterEffect: false });
    if (draw < dying + slow + throttled + failing) {
      return note(`${name}: an error ${when}`, { error: 'InternalServiceException', status: 500, afterEffect });
    }
    return undefined;
  }

  function refusal(service: string, operation: string): string {
    if (service === 'Ledger') return 'ThrottlingException';
    if (service !== 'AWSGlue' || operation !== 'StartJobRun') return 'ThrottlingException';
    return random.pick([
      'ThrottlingException',
      'ConcurrentRunsExceededException',
      'ResourceNumberLimitExceededException',
    ]);
  }

  return {
    happened,
    pause() {
      on = false;
      return () => {
        on = true;
      };
    },
    faults: {
      calls: (service, operation) => (on ? broken(service, operation) : undefined),
      deliveries(event, rule) {
        if (!on) return [0];
        const name = `${event['detail-type']} to ${rule}`;
        const draw = random.next();
        if (draw < lost) return note(`${name}: lost`, lossy.has(rule) ? [] : [late()]);
        if (draw < lost + doubled) return note(`${name}: doubled`, [0, random.chance(0.5) ? 0 : late()]);
        if (draw < lost + doubled + delayed) return note(`${name}: delayed`, [late()]);
        return [0];
      },
      twice(name) {
        if (!on || doubled === 0 || !invokedByStates.has(name) || !random.chance(doubled)) return false;
        return note(`${name}: invoked twice`, true);
      },
      skew: () => (on && skewSeconds > 0 ? Math.round((random.next() * 2 - 1) * skewSeconds * 1_000) : 0),
    },
  };
}
