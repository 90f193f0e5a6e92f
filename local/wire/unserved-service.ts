import type { WireRequest, WireResponse } from '../service/http-message.ts';
import { printXml } from './s3/xml.ts';

/**
 * The service in a request's signature, such as `lambda` or `sts`, or in the AWS host name, since requests within this
 * process are not signed. Undefined if neither names a service. Without this, `POST /` of STS and
 * `PUT /2015-03-31/functions/…` of Lambda would look like requests for buckets.
 */
export function serviceOf({ headers, query, method }: WireRequest): string | undefined {
  const scope = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? query.get('X-Amz-Credential');
  const signed = scope?.split('/').at(-2) ?? /^([\w-]+)\.(?:[\w-]+\.)?amazonaws\.com$/.exec(headers.host ?? '')?.[1];
  // S3 requests with a form are browser uploads, which are not supported either.
  const form = method === 'POST' && headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return signed ?? (form ? 'of a query protocol' : undefined);
}

/** The error in the service's own format: XML for the query protocol (STS, IAM), JSON for the REST services. */
export function refuseService(service: string, { headers }: WireRequest): WireResponse {
  const message = `The service ${service} is not supported locally`;
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    const error = { Error: { Type: 'Sender', Code: 'NotImplemented', Message: message } };
    return respond('text/xml', printXml('ErrorResponse', error));
  }
  return respond('application/json', JSON.stringify({ __type: 'NotImplemented', message }));
}

function respond(type: string, text: string): WireResponse {
  const headers = { 'content-type': type, 'x-amzn-errortype': 'NotImplemented' };
  return { status: 501, headers, body: new TextEncoder().encode(text) };
}
