import type { CallFaults } from '../faults/perform-call.ts';
import type { S3 } from '../s3/s3.ts';
import type { WireRequest, WireResponse } from '../service/http-message.ts';
import type { Service } from '../service/service.ts';

/** What is served: JSON services by the prefix of their `x-amz-target`, REST services, and S3. */
export type WireServices = {
  readonly json: Readonly<Record<string, Service>>;
  readonly s3?: S3;
  /** Services with addresses of their own, by the name that requests are signed for. */
  readonly rest?: Readonly<Record<string, (request: WireRequest) => Promise<WireResponse>>>;
  /** Breaks calls on purpose. */
  readonly faults?: CallFaults;
  /** Told of every error that is not one of AWS's own: a bug, which the caller only sees as InternalFailure. */
  readonly onSurprise?: (error: unknown) => void;
};

export const requestIdHeader = 'x-amzn-requestid';
