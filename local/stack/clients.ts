import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { type Clients as ClientsOf, clientsWith } from '../../shared/calls/clients.ts';
import type { EmbeddedRequestHandler } from '../wire/embedded-request-handler.ts';
import { region } from './account.ts';

export type Clients = {
  readonly sfn: SFNClient;
  readonly glue: GlueClient;
  readonly events: EventBridgeClient;
  readonly s3: S3Client;
  /** Of any service that tasks run on. */
  readonly of: ClientsOf;
};

/** Requests that never leave the process need no signature, which would take half the time of a call. */
const unsigned = { sign: async <T>(request: T): Promise<T> => request };

/** The ordinary SDK clients, on the embedded services. */
export function createClients(requestHandler: EmbeddedRequestHandler): Clients {
  const configuration = {
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler,
    signer: unsigned,
    // The SDK waits on the real clock between retries.
    maxAttempts: 1,
  };
  const glue = new GlueClient(configuration);
  return {
    sfn: new SFNClient(configuration),
    glue,
    of: clientsWith(configuration, [glue]),
    events: new EventBridgeClient(configuration),
    s3: new S3Client({
      ...configuration,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
  };
}
