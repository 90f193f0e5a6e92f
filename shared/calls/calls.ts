import { athenaCalls } from './athena-calls.ts';
import type { Clients } from './clients.ts';
import { crawlerCalls } from './crawler-calls.ts';
import { dataQualityCalls } from './data-quality-calls.ts';
import { glueJobCalls } from './glue-job-calls.ts';
import { mapCalls } from './map-calls.ts';
import { sensorCalls } from './sensor-calls.ts';

/**
 * The calls that kinds of tasks send, by their names in IAM. A file for each kind names its commands, so that a bundle
 * holds no others of the SDK, and has a line here.
 */
const calls = {
  ...glueJobCalls,
  ...crawlerCalls,
  ...athenaCalls,
  ...dataQualityCalls,
  ...sensorCalls,
  ...mapCalls,
};

type Calls = typeof calls;
export type CallName = keyof Calls;
type Inputs = { readonly [Name in CallName]: Parameters<Calls[Name]>[1] };

/** A call of a service as data. Its answer is `unknown` until the kind that asked has parsed it. */
export type ServiceCall<Name extends CallName = CallName> = {
  readonly [Each in Name]: { readonly call: Each; readonly input: Inputs[Each] };
}[Name];

/** @throws whatever the service answers with: `failureOf` says what it means */
export function sendTo<Name extends CallName>(clients: Clients, { call, input }: ServiceCall<Name>): Promise<unknown> {
  const senders: { readonly [Each in CallName]: (of: Clients, input: Inputs[Each]) => Promise<unknown> } = calls;
  return senders[call](clients, input);
}
