import { parseJson } from '../../local/engine/data/json-text.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import type { Answer } from './stub-player.ts';

type Call = (operation: string, request: object) => Promise<JsonObject>;

/** The worker of the recordings: answers each activity task as it was answered on AWS. */
export async function workActivities(
  definition: Json,
  next: (state: string, input: unknown) => Answer,
  call: Call,
): Promise<void> {
  for (const [state, activityArn] of activitiesIn(definition)) {
    await call('CreateActivity', { name: activityArn.split(':').at(-1) });
    void work(state, activityArn, next, call);
  }
}

async function work(
  state: string,
  activityArn: string,
  next: (state: string, input: unknown) => Answer,
  call: Call,
): Promise<void> {
  const { taskToken, input } = await call('GetActivityTask', { activityArn, workerName: 'BASE_ID_ACTIVITY_CONSUMER' });
  if (typeof taskToken !== 'string' || typeof input !== 'string') return;
  const answer = next(state, parseJson(input));
  if ('throw' in answer) await call('SendTaskFailure', { taskToken, ...answer.throw });
  else if ('return' in answer) await call('SendTaskSuccess', { taskToken, output: JSON.stringify(answer.return) });
  await work(state, activityArn, next, call);
}

function activitiesIn(value: Json): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap(activitiesIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const resource = isJsonObject(inner) ? inner.Resource : undefined;
    const found = typeof resource === 'string' && resource.includes(':activity:') ? [[name, resource] as const] : [];
    return [...found, ...activitiesIn(inner)];
  });
}
