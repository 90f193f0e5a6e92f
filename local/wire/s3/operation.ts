import type { S3 } from '../../s3/s3.ts';
import type { WireRequest, WireResponse } from '../../service/http-message.ts';

/** A request for a bucket or an object. `key` is empty for a bucket. */
export type S3Request = WireRequest & { readonly s3: S3; readonly bucket: string; readonly key: string };

/** An S3 operation. It handles requests whose query has all of `marks`, and otherwise only names in `takes`. */
export type Operation = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly marks?: readonly string[];
  readonly takes?: readonly string[];
  readonly answer: (request: S3Request) => WireResponse;
};
