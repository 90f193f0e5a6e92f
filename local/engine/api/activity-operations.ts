import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import { type ActivityDocument, readDocument, storedDocument } from '../store/machine-document.ts';
import { page, pageInput } from './page.ts';
import { requireArn, requireName, resourceName } from './resource-name.ts';
import { optionalTags, tagsAsObject } from './tags.ts';

const createInput = z.looseObject({ name: resourceName, tags: optionalTags });
const arnInput = z.looseObject({ activityArn: z.string() });
const listInput = z.looseObject({ ...pageInput });
const taskInput = z.looseObject({ activityArn: z.string(), workerName: z.optional(z.string()) });

/** GetActivityTask returns an empty answer after a minute (Step Functions API reference). */
const pollMs = 60_000;

export function activityOperations({ options, activities }: EngineCore): Operations {
  const { store, clock, region, account } = options;

  function existing(arn: string): ActivityDocument {
    const activity = readDocument<ActivityDocument>(store.document('activity', arn));
    if (activity !== undefined) return activity;
    throw new ServiceError('ActivityDoesNotExist', `Activity Does Not Exist: '${requireArn(arn)}'`);
  }

  return {
    async CreateActivity(input) {
      const { name, tags } = parseInput(createInput, input);
      requireName(name);
      const arn = `arn:aws:states:${region}:${account}:activity:${name}`;
      const known = readDocument<ActivityDocument>(store.document('activity', arn));
      const activity: ActivityDocument = known ?? { arn, name, createdAt: clock.now(), tags: tagsAsObject(tags, arn) };
      if (known === undefined) store.saveDocument('activity', arn, storedDocument(activity));
      return { activityArn: arn, creationDate: activity.createdAt / 1000 };
    },
    async DescribeActivity(input) {
      const { arn, name, createdAt } = existing(parseInput(arnInput, input).activityArn);
      return { activityArn: arn, name, creationDate: createdAt / 1000 };
    },
    async DeleteActivity(input) {
      store.removeDocument('activity', parseInput(arnInput, input).activityArn);
      return {};
    },
    async ListActivities(input) {
      const { maxResults, nextToken } = parseInput(listInput, input ?? {});
      const all = store.documents('activity').flatMap((document) => readDocument<ActivityDocument>(document) ?? []);
      const { items, nextToken: next } = page(all, maxResults, nextToken);
      const shown = items.map(({ arn, name, createdAt }) => ({
        activityArn: arn,
        name,
        creationDate: createdAt / 1000,
      }));
      return { activities: shown, ...next };
    },
    async GetActivityTask(input) {
      const { activityArn, workerName } = parseInput(taskInput, input);
      existing(activityArn);
      return (await activities.take(activityArn, workerName, pollMs)) ?? {};
    },
  };
}
