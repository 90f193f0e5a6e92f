import type { WireRequest, WireResponse } from '../service/http-message.ts';
import { printXml } from './s3/xml.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** AWS's query protocol: a form with an `Action`. Serves `GetCallerIdentity`, the first call of many scripts. */
export function isQuery({ method, headers }: Pick<WireRequest, 'method' | 'headers'>): boolean {
  return method === 'POST' && headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}

export function answerQuery({ body }: Pick<WireRequest, 'body'>): WireResponse {
  const action = new URLSearchParams(new TextDecoder().decode(body)).get('Action') ?? '';
  if (action === 'GetCallerIdentity') {
    const identity = { Arn: 'arn:aws:iam::000000000000:user/local', UserId: 'LOCAL', Account: '000000000000' };
    return xml(200, 'GetCallerIdentityResponse', { GetCallerIdentityResult: identity });
  }
  const message = `${action} is not supported locally`;
  return xml(400, 'ErrorResponse', { Error: { Type: 'Sender', Code: 'InvalidAction', Message: message } });
}

function xml(status: number, root: string, element: Parameters<typeof printXml>[1]): WireResponse {
  const body = new TextEncoder().encode(printXml(root, element, namespace));
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
