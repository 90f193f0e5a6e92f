import { parseJson } from '../../local/engine/data/json-text.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';

type Event = { readonly id: Json; readonly prev: Json; readonly type: Json; readonly details?: JsonObject };

/** The whole history in the corpus's form: documents parsed, no truncation flags, no role. */
export async function readHistory(get: (request: object) => Promise<JsonObject>): Promise<readonly Event[]> {
  const events: Event[] = [];
  let nextToken: Json | undefined;
  do {
    const page = await get({ maxResults: 1000, ...(nextToken !== undefined && { nextToken }) });
    if (Array.isArray(page.events)) events.push(...page.events.filter(isJsonObject).map(eventOf));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}

function eventOf(event: JsonObject): Event {
  const { id = 0, previousEventId = 0, type = '' } = event;
  const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1];
  const bare = { id, prev: previousEventId, type };
  return details === undefined || !isJsonObject(details) ? bare : { ...bare, details: plain(details) };
}

function plain(details: JsonObject): JsonObject {
  const entries = Object.entries(details).filter(([name]) => !name.endsWith('Details') && name !== 'roleArn');
  return Object.fromEntries(entries.map(([name, value]) => [name, parsed(name, value)]));
}

function parsed(name: string, value: Json): Json {
  if (name === 'assignedVariables' && isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([variable, text]) => [variable, parseJson(String(text))]));
  }
  const document = name === 'input' || name === 'output' || name === 'parameters';
  return document && typeof value === 'string' ? parseJson(value) : value;
}
