import * as z from 'zod/mini';
import manifest from '../../package.json' with { type: 'json' };
import { isJsonObject, type Json, type JsonObject, present } from '../json.ts';
import { examples, pathExamples } from './examples.ts';
import { describedAs } from './kit/described.ts';
import { belowPipeline, isBulk, isOfPipeline } from './kit/of-pipeline.ts';
import type { Operation } from './kit/operation.ts';
import { name as pipelineName } from './kit/params.ts';
import { operations } from './operations.ts';
import { problemShape, schemaNames } from './schema-names.ts';

type Schema = Record<string, unknown>;

/** The description of the API, OpenAPI 3.1, generated from the schemas that read the requests. */
export function openApi(): Schema {
  const paths: Record<string, Schema> = {};
  for (const operation of operations.flatMap(everyPlace)) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Gluewright', version: manifest.version },
    paths,
    components: {
      schemas: Object.fromEntries(schemaNames(operations).map(([name, shape]) => [name, schemaOf(shape)])),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ token: [] }],
  };
}

/** Operations that also exist below their pipeline are described there as well. */
function everyPlace(operation: Operation): Operation[] {
  if (!isOfPipeline(operation.path)) return [operation];
  const { name, path, params, summary } = operation;
  const below = {
    ...operation,
    name: `${name}OfPipeline`,
    path: belowPipeline + path,
    summary: `${summary}. Of one pipeline, for policies by paths`,
    params: { pipeline: pipelineName, ...params },
  };
  return [operation, below];
}

function describe({ name, summary, method, path, params, query, body, answers, streams }: Operation): Schema {
  const isBelow = path.startsWith(belowPipeline);
  const own = name.replace(/OfPipeline$/, '');
  const asked = examples[own]?.request;
  const requested = isBelow && isJsonObject(asked) ? withoutPipeline(asked) : asked;
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'The same key again is the same request',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  };
  const parameters = [
    ...Object.entries(params).map(([param, shape]) => parameter(param, 'path', shape)),
    ...Object.entries(query).map(([param, shape]) => parameter(param, 'query', shape)),
    ...(method === 'POST' ? [key] : []),
    ...(streams ? [lastEvent] : []),
  ];
  return {
    operationId: name,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: bodyOf(body, requested, isBelow ? path.slice(belowPipeline.length) : undefined) }),
    responses: {
      [answers.status]: {
        description: 'Done as asked',
        content: { ...json(reference(answers.shape), examples[own]?.answer), ...(streams ? eventStream : {}) },
      },
      ...(streams ? { 204: { description: 'As a stream: nothing will follow' } } : {}),
      ...(method === 'GET' ? { 304: { description: 'What If-None-Match names is what there is' } } : {}),
      default: {
        description: 'What is wrong',
        content: { 'application/problem+json': { schema: reference(problemShape) } },
      },
    },
  };
}

/** Sent by a browser that continues a stream. */
const lastEvent = {
  name: 'Last-Event-ID',
  in: 'header',
  description: 'Of a stream that is gone on with: in the place of `after`',
  schema: { type: 'string', maxLength: 300 },
};

const eventStream = { 'text/event-stream': { schema: { type: 'string' } } };

function parameter(name: string, place: 'path' | 'query', shape: z.ZodMiniType): Schema {
  // an optional field need not accept `undefined`
  const required = place === 'path' || !z.object({ [name]: shape }).safeParse({}).success;
  const example = place === 'path' ? pathExamples[name] : undefined;
  return { name, in: place, required, schema: schemaOf(shape), ...present({ example }) };
}

/** @param below the operation below its pipeline: a selection then belongs to the pipeline of the path */
function bodyOf(body: z.core.$ZodType, example: Json | undefined, below: string | undefined): Schema {
  const isNamed = below !== undefined && isBulk(below);
  const required = !z.safeParse(body, isNamed ? { pipeline: 'named' } : {}).success;
  return { ...(required ? { required } : {}), content: json(isNamed ? unnamed(body) : reference(body), example) };
}

function unnamed(body: z.core.$ZodType): Schema {
  const { anyOf: _, properties, ...schema } = z.parse(selectionSchema, schemaOf(body));
  const { pipeline: __, ...others } = properties;
  return { ...schema, properties: others };
}

const selectionSchema = z.looseObject({ properties: z.looseObject({}) });

function withoutPipeline({ pipeline: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

function json(schema: Schema, example: Json | undefined): Schema {
  return { 'application/json': { schema, ...present({ example }) } };
}

function reference(shape: z.core.$ZodType): Schema {
  const name = schemaNames(operations).find(([, known]) => known === shape)?.[0];
  return name === undefined ? schemaOf(shape) : { $ref: `#/components/schemas/${name}` };
}

/** As callers write it. */
function schemaOf(shape: z.core.$ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema, zodSchema }) => {
      // our lists are read-only, which does not matter to readers over the wire
      delete jsonSchema.readOnly;
      const other = describedAs(zodSchema, { ...jsonSchema });
      if (other === undefined) return;
      for (const name of Object.keys(jsonSchema)) delete jsonSchema[name];
      Object.assign(jsonSchema, other);
    },
  });
  return schema;
}
