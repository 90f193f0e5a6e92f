import type { CallFaults } from '../faults/perform-call.ts';
import type { S3 } from '../s3/s3.ts';
import type { WireRequest, WireResponse } from '../service/http-message.ts';
import type { Service } from '../service/service.ts';

/** The served services: JSON services by their `x-amz-target` prefix, REST services, and S3. */
export type WireServices = {
  readonly json: Readonly<Record<string, Service>>;
  readonly s3?: S3;
  /** REST services, by the service name in the signature. */
  readonly rest?: Readonly<Record<string, (request: WireRequest) => Promise<WireResponse>>>;
  /** Injects faults into calls. */
  readonly faults?: CallFaults;
  /** Called with every unexpected error, which is a bug. The caller only sees InternalFailure. */
  readonly onSurprise?: (error: unknown) => void;
};

export const requestIdHeader = 'x-amzn-requestid';
