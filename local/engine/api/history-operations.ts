import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import { apiEvent } from '../history/api-event.ts';
import { existingExecution } from './execution-operations.ts';
import { pageInput, pageSize, placeIn, tokenFor } from './page.ts';

const historyInput = z.looseObject({
  executionArn: z.string(),
  maxResults: pageInput.maxResults,
  reverseOrder: z._default(z.boolean(), false),
  nextToken: z.optional(z.string()),
  includeExecutionData: z._default(z.boolean(), true),
});

export function historyOperations({ options }: EngineCore): Operations {
  return {
    async GetExecutionHistory(input) {
      const { executionArn, maxResults, reverseOrder, nextToken, includeExecutionData } = parseInput(
        historyInput,
        input,
      );
      const { key } = existingExecution(options, executionArn);
      const limit = pageSize(maxResults, 100);
      const from = placeIn(nextToken) ?? (reverseOrder ? options.store.lastEvent(key) : 1);
      const events = options.store.history(key, from, limit + 1, reverseOrder);
      const next = events[limit];
      return {
        events: events.slice(0, limit).map((event) => apiEvent(event, includeExecutionData)),
        ...(next !== undefined && { nextToken: tokenFor(next.id) }),
      };
    },
  };
}
