import type { GlueClientConfig } from '@aws-sdk/client-glue';

/** Settings shared by the clients of all services. */
export type ClientSettings = Pick<
  GlueClientConfig,
  'region' | 'endpoint' | 'credentials' | 'requestHandler' | 'retryStrategy' | 'maxAttempts' | 'signer'
>;

/** One client of each service, by its class in the SDK. */
export type Clients = <Client extends object>(service: new (settings: ClientSettings) => Client) => Client;

/**
 * Makes a client when its service is called for the first time: a function starts no slower for services that it does
 * not call.
 *
 * @param known clients that there are already
 */
export function clientsWith(settings: ClientSettings, known: readonly object[] = []): Clients {
  const made = [...known];
  return (service) => {
    for (const each of made) if (each instanceof service) return each;
    const client = new service(settings);
    made.push(client);
    return client;
  };
}
