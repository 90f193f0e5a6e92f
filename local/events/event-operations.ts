import * as z from 'zod/mini';
import { isJsonObject } from '../../shared/json.ts';
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
        /** Epoch seconds. */
        Time: z.optional(z.number()),
      }),
    )
    .check(z.minLength(1), z.maxLength(10)),
});
const testEventPattern = z.object({ EventPattern: z.string(), Event: z.string() });

type Entry = z.infer<typeof putEvents>['Entries'][number];
type Refusal = { readonly ErrorCode: string; readonly ErrorMessage: string };

/** Limit for all entries of one call (EventBridge guide: PutEvents). */
const mostBytes = 262_144;
const timeBytes = 14;

function sizeOf({ Source = '', DetailType = '', Detail = '', Resources = [], Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : timeBytes);
}

/** An entry that AWS would accept, or the reason why not. */
function readEntry(entry: Entry): EventEntry | Refusal {
  const { Source: source = '', DetailType: detailType = '', Detail: text = '', Resources, Time } = entry;
  const absent = Object.entries({ Source: source, DetailType: detailType, Detail: text }).find(
    ([, given]) => given === '',
  );
  if (absent !== undefined) {
    const reason = `${absent[0]} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${absent[0]} is not valid. Reason: ${reason}` };
  }
  const detail = parsed(text);
  if (!isJsonObject(detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  if (source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.' };
  }
  return {
    source,
    detailType,
    detail,
    ...(Resources !== undefined && { resources: Resources }),
    ...(Time !== undefined && { time: Time * 1_000 }),
  };
}

const listRules = z.object({ NamePrefix: z.optional(z.string()), EventBusName: z.optional(z.string()) });

/** EventBridge's API, where it makes sense for a bus whose rules are code. */
export function eventOperations(
  put: (entry: EventEntry) => Event,
  rules: () => readonly { readonly name: string; readonly pattern: unknown }[],
  arnOf: (rule: string) => string,
): Service['operations'] {
  const describe = ({ name, pattern }: { readonly name: string; readonly pattern: unknown }) => ({
    Name: name,
    Arn: arnOf(name),
    EventPattern: JSON.stringify(pattern),
    State: 'ENABLED',
    EventBusName: 'default',
  });

  return {
    async ListRules(input) {
      const { NamePrefix = '', EventBusName = 'default' } = parseInput(listRules, input);
      if (EventBusName !== 'default') throw noSuch(`Event bus ${EventBusName}`);
      return {
        Rules: rules()
          .map(describe)
          .filter(({ Name }) => Name.startsWith(NamePrefix)),
      };
    },

    async DescribeRule(input) {
      const { Name } = parseInput(z.object({ Name: z.string() }), input);
      const found = rules().find(({ name }) => name === Name);
      if (found === undefined) throw noSuch(`Rule ${Name}`);
      return describe(found);
    },

    async PutEvents(input) {
      const { Entries } = parseInput(putEvents, input);
      if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > mostBytes) {
        throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.');
      }
      const results = Entries.map((entry) => {
        const checked = readEntry(entry);
        if ('ErrorCode' in checked) return checked;
        // No other bus exists here, and AWS silently accepts events for an unknown bus.
        if (entry.EventBusName !== undefined && entry.EventBusName !== 'default') return { EventId: '' };
        return { EventId: put(checked).id };
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

function noSuch(what: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `${what} does not exist on EventBus default.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
