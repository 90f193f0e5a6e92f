import * as z from 'zod/mini';
import type { JsonObject } from '../../../shared/json.ts';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import type { DocumentKind } from '../ports/engine-store.ts';
import { tagList, tagsAsObject } from './tags.ts';

const tagInput = z.looseObject({ resourceArn: z.string(), tags: tagList });
const untagInput = z.looseObject({ resourceArn: z.string(), tagKeys: z.array(z.string()) });
const listInput = z.looseObject({ resourceArn: z.string() });

/** Tags of state machines and activities. */
export function tagOperations({ options }: EngineCore): Operations {
  const { store } = options;
  const kindOf = (arn: string): DocumentKind => (arn.split(':')[5] === 'activity' ? 'activity' : 'machine');

  function existing(arn: string): JsonObject {
    const document = store.document(kindOf(arn), arn);
    if (document === undefined) throw new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`);
    return document;
  }

  function tagsOf(arn: string): Map<string, string> {
    const { tags } = existing(arn);
    const entries = typeof tags === 'object' && tags !== null ? Object.entries(tags) : [];
    return new Map(entries.map(([key, value]) => [key, String(value)]));
  }

  function save(arn: string, tags: ReadonlyMap<string, string>): object {
    store.saveDocument(kindOf(arn), arn, {
      ...existing(arn),
      tags: tagsAsObject(
        [...tags].map(([key, value]) => ({ key, value })),
        arn,
      ),
    });
    return {};
  }

  return {
    async TagResource(input) {
      const { resourceArn, tags } = parseInput(tagInput, input);
      return save(
        resourceArn,
        new Map([...tagsOf(resourceArn), ...tags.map(({ key, value }) => [key, value] as const)]),
      );
    },
    async UntagResource(input) {
      const { resourceArn, tagKeys } = parseInput(untagInput, input);
      return save(resourceArn, new Map([...tagsOf(resourceArn)].filter(([key]) => !tagKeys.includes(key))));
    },
    async ListTagsForResource(input) {
      const tags = tagsOf(parseInput(listInput, input).resourceArn);
      return { tags: [...tags].map(([key, value]) => ({ key, value })) };
    },
  };
}
