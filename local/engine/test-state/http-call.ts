import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';

/**
 * `inspectionData.request` of an HTTP task, in the form of the guide's example. What an EventBridge connection adds is
 * secret; there are no connections here, so that `revealSecrets` finds nothing to reveal.
 */
export function httpRequest(sent: Json, region: string): JsonObject {
  const { ApiEndpoint, Method, Headers, QueryParameters, RequestBody, Transform } = objectOf(sent);
  const query = formOf(objectOf(QueryParameters), 'REPEAT');
  const endpoint = textOf(ApiEndpoint);
  const headers = [
    ...Object.entries(objectOf(Headers)).map(([name, value]) => `${name}: ${[value].flat().map(textOf).join(', ')}`),
    `User-Agent: Amazon|StepFunctions|HttpInvoke|${region}`,
    'Range: bytes=0-262144',
  ];
  return {
    protocol: protocolOf(endpoint),
    method: textOf(Method),
    url: query === '' ? endpoint : `${endpoint}${endpoint.includes('?') ? '&' : '?'}${query}`,
    headers: `[${headers.join(', ')}]`,
    ...(RequestBody !== undefined && { body: bodyOf(RequestBody, objectOf(Transform)) }),
  };
}

/** `inspectionData.response`, of the task's result. */
export function httpResponse(sent: Json, result: Json): JsonObject {
  const { Headers, ResponseBody, StatusCode, StatusText } = objectOf(result);
  const headers = Object.entries(objectOf(Headers)).map(([name, values]) => `${name}: ${[values].flat().join(', ')}`);
  return {
    protocol: protocolOf(textOf(objectOf(sent).ApiEndpoint)),
    statusCode: textOf(StatusCode),
    statusMessage: textOf(StatusText),
    headers: `[${headers.join(', ')}]`,
    body: textOf(ResponseBody),
  };
}

function bodyOf(body: Json, { RequestBodyEncoding, RequestEncodingOptions }: JsonObject): string {
  if (RequestBodyEncoding !== 'URL_ENCODED') return textOf(body);
  return formOf(objectOf(body), textOf(objectOf(RequestEncodingOptions).ArrayFormat ?? 'INDICES'));
}

/** Each array format of `RequestEncodingOptions` (Step Functions guide, HTTP tasks). */
function formOf(values: JsonObject, arrays: string): string {
  const pairs = Object.entries(values).flatMap(([name, value]) => {
    if (!Array.isArray(value)) return [[name, textOf(value)]];
    if (arrays === 'COMMAS') return [[name, value.map(textOf).join(',')]];
    return value.map((item, index) => [named(name, index, arrays), textOf(item)]);
  });
  return pairs.map((pair) => pair.map((text) => encodeURIComponent(text)).join('=')).join('&');
}

function named(name: string, index: number, arrays: string): string {
  if (arrays === 'INDICES') return `${name}[${index}]`;
  return arrays === 'BRACKETS' ? `${name}[]` : name;
}

function protocolOf(endpoint: string): string {
  return endpoint.startsWith('http://') ? 'http' : 'https';
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {};
}
