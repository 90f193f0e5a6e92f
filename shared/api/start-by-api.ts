import * as z from 'zod/mini';
import { startRun } from '../actors/start-run.ts';
import type { ApiRequest } from '../events/api-request.ts';
import { isJsonObject, isTooDeep, type JsonObject } from '../json.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { requestDigest } from '../runs/run/request-digest.ts';
import type { System } from '../services/system.ts';
import { type ApiAnswer, answerJson, problem } from './api-answer.ts';

/** Bytes: more does not go into an execution's input. */
const bodyBytes = 262_144;

const instant = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);

const schema = z.strictObject({
  // a record of zod would leave out `__proto__`, which is to be refused
  params: z.exactOptional(z.custom<JsonObject>(isJsonObject)),
  interval: z.exactOptional(
    z
      .strictObject({ start: instant, end: instant })
      .check(z.refine(({ start, end }) => Date.parse(start) < Date.parse(end))),
  ),
});

/** `POST /pipelines/{name}/runs`. With the same `Idempotency-Key` and body again it is the same run. */
export async function startByApi(system: System, name: string, request: ApiRequest): Promise<ApiAnswer> {
  const pipeline = system.catalog.byName(name)?.pipeline;
  if (pipeline === undefined) return problem(404, [`there is no pipeline ${name}`]);
  const trigger = apiTrigger(pipeline);
  if (trigger === undefined) return problem(403, [`${name} has no trigger \`api: true\``]);
  if (Buffer.byteLength(request.body) > bodyBytes) return problem(413, [`the body has more than ${bodyBytes} bytes`]);
  const key = request.headers['idempotency-key'];
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key)) {
    return problem(400, ['Idempotency-Key takes 1 to 255 visible ASCII characters']);
  }
  const body = readBody(request.body);
  if (body.problems !== undefined) return problem(400, body.problems);

  const digest = requestDigest(body.value);
  const answer = await startRun(system, {
    pipeline: name,
    cause: `${trigger}\n${key ?? system.uuid()}`,
    label: trigger,
    trigger: { kind: 'api', name: trigger, request: digest, ...(key === undefined ? {} : { key }) },
    ...body.value,
  });
  if (answer.is === 'refused') return problem(422, answer.problems);
  const { run } = answer;
  if (run.trigger.request !== digest) return problem(409, [`${key} was the key of ${run.id}, with another body`]);
  const location = `/runs/${run.id}`;
  return answerJson(202, { run: run.id, pipeline: name, status: run.status, again: answer.again }, { location });
}

type Body =
  | { readonly value: z.output<typeof schema>; readonly problems?: undefined }
  | { readonly problems: readonly string[] };

function readBody(text: string): Body {
  if (text.trim() === '') return { value: {} };
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    return { problems: [`the body is no JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  if (isTooDeep(written)) return { problems: ['the body is nested too deep'] };
  const read = schema.safeParse(written);
  if (read.success) return { value: read.data };
  const remedy = 'it takes {"params": {…}, "interval": {"start": "…", "end": "…"}}, and both may be left out';
  return { problems: [...read.error.issues.flatMap(wrong), remedy] };
}

/** An issue with keys that nobody knows has the place of the object that holds them. */
function wrong(issue: z.core.$ZodIssue): string[] {
  const place = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [`${place.join('.') || 'the body'} is wrong`];
  return issue.keys.map((key) => `there is no \`${[...place, key.slice(0, 100)].join('.')}\``);
}

function apiTrigger({ triggers }: Pipeline): string | undefined {
  return Object.entries(triggers).find(([, { kind }]) => kind === 'api')?.[0];
}
