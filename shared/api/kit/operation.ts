import * as z from 'zod/mini';
import type { ApiRequest } from '../../events/api-request.ts';
import { isTooDeep, type Json, present } from '../../json.ts';
import { storedJson } from '../../ledger/decision.ts';
import type { System } from '../../services/system.ts';
import { answerOnce } from './answer-once.ts';
import { type ApiAnswer, answerJson, problem } from './api-answer.ts';

/** Bytes. An execution's input holds no more. */
const bodyBytes = 262_144;

export type Method = 'GET' | 'POST';

/** An operation without its types and code, for the table, the router and the description. */
export type Operation = Described & {
  /** @param params values that the shapes of `params` accept */
  perform(system: System, params: Readonly<Record<string, string>>, request: ApiRequest): Promise<ApiAnswer>;
};

type Described = {
  /** The name that programs call it by. */
  readonly name: string;
  readonly method: Method;
  /** `{…}` stands for one segment. */
  readonly path: string;
  readonly summary: string;
  readonly params: Shape;
  readonly query: Shape;
  /** Absent: the body is not read. */
  readonly body?: z.core.$ZodType;
  readonly answers: { readonly status: 200 | 202; readonly shape: z.core.$ZodType };
  /** It only tells what another operation would do: the scope for reading suffices, and no key is needed. */
  readonly plans?: true;
  /** It recognizes a repeated `Idempotency-Key` itself. Absent: the answer is kept and repeated. */
  readonly handlesKey?: true;
  /** It also streams events, to callers that accept `text/event-stream`. */
  readonly streams?: true;
};

type Shape = Readonly<Record<string, z.ZodMiniType>>;

type Call<Params extends Shape, Query extends Shape, Body> = {
  readonly system: System;
  readonly params: z.output<z.ZodMiniObject<Params>>;
  readonly query: z.output<z.ZodMiniObject<Query>>;
  readonly body: Body;
  /** The `Idempotency-Key`. */
  readonly key?: string;
  /** By lower-case name. */
  readonly headers: ApiRequest['headers'];
  readonly caller?: ApiRequest['caller'];
};

type Definition<Params extends Shape, Query extends Shape, Body, Answer> = Omit<Described, 'params' | 'query'> & {
  readonly params: Params;
  readonly query: Query;
  readonly body?: z.ZodMiniType<Body>;
  readonly answers: { readonly status: 200 | 202; readonly shape: z.ZodMiniType<Answer> };
  /** The path for the header `Location`. */
  readonly locate?: (answer: Answer) => string;
  /** Its value is the answer. It may return an answer of its own, such as a problem or a header. */
  act(call: Call<Params, Query, Body>): Promise<Answer | OwnAnswer>;
};

/** An operation's own answer in place of its value. */
export class OwnAnswer {
  readonly answer: ApiAnswer;

  constructor(answer: ApiAnswer) {
    this.answer = answer;
  }
}

export class Refusal extends OwnAnswer {}

export function refuse(...said: Parameters<typeof problem>): Refusal {
  return new Refusal(problem(...said));
}

/** Reads the request once and answers its mistakes. Behind it, everything has its type. */
export function operation<Params extends Shape, Query extends Shape, Body, Answer>(
  definition: Definition<Params, Query, Body, Answer>,
): Operation {
  const { act, answers, locate, body: bodyShape, ...described } = definition;
  return {
    ...described,
    ...present({ body: bodyShape }),
    answers,
    async perform(system, written, request) {
      const asked = z.strictObject(definition.query).safeParse(readQuery(request.query));
      if (!asked.success)
        return problem(
          400,
          asked.error.issues.flatMap((issue) => wrong(issue, 'the query')),
        );
      const key = request.headers['idempotency-key'];
      if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key)) {
        return problem(400, ['Idempotency-Key takes 1 to 255 visible ASCII characters']);
      }
      if (Buffer.byteLength(request.body) > bodyBytes) {
        return problem(413, [`the body has more than ${bodyBytes} bytes`]);
      }
      const body = readBody(bodyShape, request.body);
      if (body.problems !== undefined) return problem(400, body.problems);
      const sent = key === undefined ? {} : { key };
      const { headers, caller } = request;
      const asker = { headers, ...present({ caller }) };
      const perform = async (): Promise<ApiAnswer> => {
        const answer = await act({
          system,
          params: z.object(definition.params).parse(written),
          query: asked.data,
          body: body.value,
          ...asker,
          ...sent,
        });
        if (answer instanceof OwnAnswer) return answer.answer;
        return answerJson(answers.status, answer, locate === undefined ? {} : { location: locate(answer) });
      };
      if (key === undefined || described.method === 'GET' || described.plans || described.handlesKey) return perform();
      return answerOnce(system, key, [described.name, written, body.written], perform);
    },
  };
}

/** A repeated name becomes a list. */
function readQuery(text: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const given = new URLSearchParams(text);
  for (const name of new Set(given.keys())) {
    const values = given.getAll(name);
    Object.defineProperty(query, name, { value: values.length > 1 ? values : values[0], enumerable: true });
  }
  return query;
}

type Read<Body> =
  | { readonly value: Body; readonly written: Json; readonly problems?: undefined }
  | { readonly problems: readonly string[] };

function readBody<Body>(shape: z.ZodMiniType<Body> | undefined, text: string): Read<Body> {
  const accepts = shape ?? z.custom<Body>((value) => value === undefined);
  let written: unknown = shape === undefined ? undefined : {};
  if (shape !== undefined && text.trim() !== '') {
    try {
      written = JSON.parse(text);
    } catch (error) {
      return { problems: [`the body is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
    }
    if (isTooDeep(written)) return { problems: ['the body is nested too deeply'] };
  }
  const read = accepts.safeParse(written);
  if (read.success) return { value: read.data, written: storedJson.safeParse(written).data ?? null };
  return { problems: read.error.issues.flatMap((issue) => wrong(issue, 'the body')) };
}

/** For unknown keys, the place is the object that holds them. */
function wrong(issue: z.core.$ZodIssue, what: string): string[] {
  const place = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `unknown key \`${[...place, key.slice(0, 100)].join('.')}\``);
  }
  return [`${place.join('.').slice(0, 200) || what} is not valid${issue.message === '' ? '' : `: ${issue.message}`}`];
}
