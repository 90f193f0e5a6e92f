import type { WireResponse } from '../../service/http-message.ts';
import { printXml, type XmlElement } from './xml.ts';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function respondXml(root: string, element: XmlElement, headers: Readonly<Record<string, string>> = {}) {
  const body = new TextEncoder().encode(printXml(root, element, namespace));
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body };
}

export function respondEmpty(status: number, headers: Readonly<Record<string, string>> = {}): WireResponse {
  return { status, headers, body: new Uint8Array() };
}
