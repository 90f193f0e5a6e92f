import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { type Clients as ClientsOf, clientsWith } from '../../shared/calls/clients.ts';
import { breakableS3 } from '../faults/fault-ports.ts';
import type { CallFaults } from '../faults/perform-call.ts';
import { region } from '../service/account.ts';
import type { EmbeddedRequestHandler } from '../wire/embedded-request-handler.ts';

export type Clients = {
  readonly sfn: SFNClient;
  readonly glue: GlueClient;
  readonly events: EventBridgeClient;
  readonly s3: S3Client;
  /** Clients of the services that run tasks. */
  readonly of: ClientsOf;
};

/** Requests that stay in the process need no signature. Signing would take half the time of a call. */
const unsigned = { sign: async <T>(request: T): Promise<T> => request };

/**
 * Ordinary SDK clients that call the embedded services.
 *
 * @param faults for the S3 calls of tasks. Calls to other services fail where they are answered
 */
export function createClients(requestHandler: EmbeddedRequestHandler, faults?: CallFaults): Clients {
  const configuration = {
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler,
    signer: unsigned,
    // The SDK waits on the real clock between retries.
    maxAttempts: 1,
  };
  const glue = new GlueClient(configuration);
  const s3 = (): S3Client =>
    new S3Client({
      ...configuration,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  return {
    sfn: new SFNClient(configuration),
    glue,
    of: clientsWith(configuration, [glue, breakableS3(s3(), faults)]),
    events: new EventBridgeClient(configuration),
    s3: s3(),
  };
}
