import * as z from 'zod/mini';
import { parseInput } from '../service/parse-input.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Event, EventEntry } from './event.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';
import { compilePattern } from './pattern.ts';

const putEvents = z.object({
  Entries: z
    .array(
      z.object({
        Source: z.optional(z.string()),
        DetailType: z.optional(z.string()),
        Detail: z.optional(z.string()),
        Resources: z.optional(z.array(z.string())),
        EventBusName: z.optional(z.string()),
      }),
    )
    .check(z.minLength(1), z.maxLength(10)),
});
const testEventPattern = z.object({ EventPattern: z.string(), Event: z.string() });

/** EventBridge's API, as far as it makes sense for a bus whose rules are code. */
export function eventOperations(put: (entry: EventEntry) => Event): Service['operations'] {
  return {
    async PutEvents(input) {
      const results = parseInput(putEvents, input).Entries.map((entry) => {
        const { Source: source, DetailType: detailType, Detail: text } = entry;
        if (source === undefined || detailType === undefined || text === undefined) {
          return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source, DetailType or Detail is not valid.' };
        }
        const detail = parsed(text);
        if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
        // A bus of another name does not exist here, and AWS takes events for such a bus without a word.
        if (entry.EventBusName !== undefined && entry.EventBusName !== 'default') return { EventId: '' };
        const resources = entry.Resources === undefined ? {} : { resources: entry.Resources };
        return { EventId: put({ source, detailType, detail, ...resources }).id };
      });
      return { Entries: results, FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length };
    },

    async TestEventPattern(input) {
      const given = parseInput(testEventPattern, input);
      try {
        return { Result: compilePattern(parsed(given.EventPattern))(parsed(given.Event)) };
      } catch (error) {
        if (error instanceof InvalidEventPattern) throw new ServiceError(error.name, error.message);
        throw error;
      }
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
