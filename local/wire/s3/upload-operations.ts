import type { NamedPart } from '../../s3/multipart-uploads.ts';
import { ServiceError } from '../../service/service-error.ts';
import { readBody } from './body/read-body.ts';
import { textsOf } from './body/read-xml.ts';
import { checkWrite } from './conditions.ts';
import { copyPart, isCopy } from './copy-object.ts';
import { existing } from './existing.ts';
import { headersToKeep } from './object-headers.ts';
import type { Operation } from './operation.ts';
import { respondEmpty, respondXml } from './respond.ts';

/** A multipart upload, which clients choose for larger objects. */
export const uploadOperations: readonly Operation[] = [
  {
    method: 'POST',
    marks: ['uploads'],
    answer({ s3, bucket, key, headers }) {
      s3.list(bucket, key); // The bucket must exist.
      const upload = s3.uploads.begin(headersToKeep(headers));
      return respondXml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: upload });
    },
  },
  {
    method: 'PUT',
    marks: ['uploadId', 'partNumber'],
    answer(request) {
      const { s3, query } = request;
      const [upload, part] = [query.get('uploadId') ?? '', Number(query.get('partNumber'))];
      if (!Number.isInteger(part) || part < 1 || part > 10_000) {
        const problem = 'Part number must be an integer between 1 and 10000, inclusive';
        throw new ServiceError('InvalidArgument', problem);
      }
      if (isCopy(request)) return copyPart(request, upload, part);
      const { body, checksums } = readBody(request);
      return respondEmpty(200, { etag: `"${s3.uploads.put(upload, part, body)}"`, ...checksums });
    },
  },
  {
    method: 'POST',
    marks: ['uploadId'],
    answer({ s3, bucket, key, query, headers, body }) {
      checkWrite(existing(s3, bucket, key), headers);
      const { body: whole, ...told } = s3.uploads.complete(query.get('uploadId') ?? '', namedParts(body));
      const { etag } = s3.put(bucket, key, whole, { ...told, reason: 'CompleteMultipartUpload' });
      const result = { Location: `/${bucket}/${key}`, Bucket: bucket, Key: key, ETag: `"${etag}"` };
      return respondXml('CompleteMultipartUploadResult', result);
    },
  },
  {
    method: 'DELETE',
    marks: ['uploadId'],
    answer({ s3, query }) {
      s3.uploads.abort(query.get('uploadId') ?? '');
      return respondEmpty(204);
    },
  },
];

function namedParts(xml: Uint8Array): readonly NamedPart[] {
  const numbers = textsOf(xml, 'PartNumber').map(Number);
  const etags = textsOf(xml, 'ETag').map((etag) => etag.replaceAll('"', ''));
  if (numbers.length === 0 || numbers.length !== etags.length) {
    const problem = 'The XML you provided was not well-formed or did not validate against our published schema';
    throw new ServiceError('MalformedXML', problem);
  }
  return numbers.map((number, at) => ({ number, etag: etags[at] ?? '' }));
}
