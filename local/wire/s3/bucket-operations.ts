import type { WireResponse } from '../../service/http-message.ts';
import { ServiceError } from '../../service/service-error.ts';
import { readBody } from './body/read-body.ts';
import { textsOf } from './body/read-xml.ts';
import { listObjects, listObjectsV2, listVersions } from './listing.ts';
import type { Operation, S3Request } from './operation.ts';
import { respondEmpty, respondXml } from './respond.ts';

const page = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];

export const bucketOperations: readonly Operation[] = [
  { method: 'GET', takes: [...page, 'marker'], answer: listObjects },
  {
    method: 'GET',
    marks: ['list-type'],
    takes: [...page, 'continuation-token', 'start-after', 'fetch-owner'],
    answer: listObjectsV2,
  },
  { method: 'GET', marks: ['versions'], takes: [...page, 'key-marker', 'version-id-marker'], answer: listVersions },
  { method: 'GET', marks: ['location'], answer: (request) => ofBucket(request, 'LocationConstraint') },
  // Buckets are never versioned, for which AWS returns an empty configuration.
  { method: 'GET', marks: ['versioning'], answer: (request) => ofBucket(request, 'VersioningConfiguration') },
  { method: 'GET', marks: ['notification'], answer: showNotification },
  { method: 'PUT', marks: ['notification'], answer: putNotification },
  { method: 'HEAD', answer: head },
  {
    method: 'PUT',
    answer({ s3, bucket }) {
      s3.createBucket(bucket);
      return respondEmpty(200, { location: `/${bucket}` });
    },
  },
  {
    method: 'DELETE',
    answer({ s3, bucket }) {
      s3.removeBucket(bucket);
      return respondEmpty(204);
    },
  },
  { method: 'POST', marks: ['delete'], answer: deleteObjects },
];

function head({ s3, bucket }: S3Request): WireResponse {
  s3.list(bucket, ''); // @throws NoSuchBucket
  return respondEmpty(200);
}

function ofBucket({ s3, bucket }: S3Request, root: string): WireResponse {
  s3.list(bucket, '');
  return respondXml(root, {});
}

/** Every bucket sends its events to EventBridge, and nowhere else. */
function showNotification({ s3, bucket }: S3Request): WireResponse {
  s3.list(bucket, '');
  return respondXml('NotificationConfiguration', { EventBridgeConfiguration: {} });
}

/** Accepts only the current configuration. @throws {ServiceError} NotImplemented for any other */
function putNotification({ s3, bucket, body }: S3Request): WireResponse {
  s3.list(bucket, '');
  const text = new TextDecoder().decode(body);
  if (!text.includes('<EventBridgeConfiguration') || /<(?:Topic|Queue|CloudFunction)Configuration/.test(text)) {
    throw new ServiceError('NotImplemented', 'Locally, buckets send notifications only to EventBridge');
  }
  return respondEmpty(200);
}

/** DeleteObjects: a missing key counts as deleted. */
function deleteObjects(request: S3Request): WireResponse {
  const { s3, bucket } = request;
  const { body } = readBody(request);
  const keys = textsOf(body, 'Key');
  if (keys.length === 0 || keys.length > 1_000) {
    const problem = 'The XML you provided was not well-formed or did not validate against our published schema';
    throw new ServiceError('MalformedXML', problem);
  }
  s3.list(bucket, '');
  const results = keys.map((Key) => {
    try {
      s3.remove(bucket, Key);
      return { Key };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { Key, Code: error.name, Message: error.message };
    }
  });
  const quiet = textsOf(body, 'Quiet').includes('true');
  return respondXml('DeleteResult', {
    Deleted: quiet ? [] : results.filter((result) => !('Code' in result)),
    Error: results.filter((result) => 'Code' in result),
  });
}
