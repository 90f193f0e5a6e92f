import type { Clients } from './clients.ts';

/**
 * The calls that kinds of tasks send, by their names in IAM, such as `glue:StartJobRun`. Each service has a file that
 * names its commands, so that a bundle holds no others of the SDK, and a line here. A function loads the file and the
 * service's client when it first calls the service.
 */
const services = {
  glue: async () => (await import('./glue-calls.ts')).glueCalls,
  athena: async () => (await import('./athena-calls.ts')).athenaCalls,
  batch: async () => (await import('./batch-calls.ts')).batchCalls,
  ecs: async () => (await import('./ecs-calls.ts')).ecsCalls,
  elasticmapreduce: async () => (await import('./emr-step-calls.ts')).emrStepCalls,
  'emr-serverless': async () => (await import('./emr-serverless-calls.ts')).emrServerlessCalls,
  'redshift-data': async () => (await import('./redshift-calls.ts')).redshiftCalls,
  s3: async () => (await import('./s3-calls.ts')).s3Calls,
};

type Service = keyof typeof services;
type CallsOf<Of extends Service> = Awaited<ReturnType<(typeof services)[Of]>>;

export type CallName = { readonly [Of in Service]: keyof CallsOf<Of> }[Service];
type Inputs = { readonly [Name in CallName]: InputOf<CallsOf<ServiceOf<Name>>, Name> };
type ServiceOf<Name extends CallName> = { [Of in Service]: Name extends keyof CallsOf<Of> ? Of : never }[Service];
type InputOf<Calls, Name> = Name extends keyof Calls
  ? Calls[Name] extends (of: Clients, input: infer Input) => unknown
    ? Input
    : never
  : never;

/** A call of a service as data. Its answer is `unknown` until the kind that asked has parsed it. */
export type ServiceCall<Name extends CallName = CallName> = {
  readonly [Each in Name]: { readonly call: Each; readonly input: Inputs[Each] };
}[Name];

type Sender<Name extends CallName> = (of: Clients, input: Inputs[Name]) => Promise<unknown>;
type Senders = { readonly [Name in CallName]?: Sender<Name> };
const senders: ReadonlyMap<string, () => Promise<Senders>> = new Map(Object.entries(services));

/** For simulations, where the time of a first load would change the order of events. */
export async function loadCalls(): Promise<void> {
  await Promise.all([...senders.values()].map((load) => load()));
}

/** @throws whatever the service answers with: `failureOf` says what it means */
export async function sendTo<Name extends CallName>(
  clients: Clients,
  { call, input }: ServiceCall<Name>,
): Promise<unknown> {
  const [service = ''] = call.split(':');
  const sender: Sender<Name> | undefined = (await senders.get(service)?.())?.[call];
  if (sender === undefined) throw new UnknownCall(`${call} is not among the calls of ${service}`);
  return sender(clients, input);
}

class UnknownCall extends Error {
  override readonly name = 'UnknownCall';
}
