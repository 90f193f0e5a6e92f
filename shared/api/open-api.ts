import * as z from 'zod/mini';
import manifest from '../../package.json' with { type: 'json' };
import type { Operation } from './kit/operation.ts';
import { operations } from './operations.ts';
import { problemShape, schemaNames } from './schema-names.ts';

type Schema = Record<string, unknown>;

/** The description of the API, OpenAPI 3.1, made of the very schemas that requests are read by. */
export function openApi(): Schema {
  const paths: Record<string, Schema> = {};
  for (const operation of operations) {
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

function describe({ name, summary, method, params, query, body, answers, streams }: Operation): Schema {
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
    ...(body === undefined ? {} : { requestBody: { content: json(reference(body)) } }),
    responses: {
      [answers.status]: {
        description: 'Done as asked',
        content: { ...json(reference(answers.shape)), ...(streams ? eventStream : {}) },
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

/** What a browser sends that goes on with a stream. */
const lastEvent = {
  name: 'Last-Event-ID',
  in: 'header',
  description: 'Of a stream that is gone on with: in the place of `after`',
  schema: { type: 'string', maxLength: 300 },
};

const eventStream = { 'text/event-stream': { schema: { type: 'string' } } };

function parameter(name: string, place: 'path' | 'query', shape: z.ZodMiniType): Schema {
  const required = place === 'path' || !shape.safeParse(undefined).success;
  return { name, in: place, required, schema: schemaOf(shape) };
}

function json(schema: Schema): Schema {
  return { 'application/json': { schema } };
}

function reference(shape: z.core.$ZodType): Schema {
  const name = schemaNames(operations).find(([, known]) => known === shape)?.[0];
  return name === undefined ? schemaOf(shape) : { $ref: `#/components/schemas/${name}` };
}

/** As it is written by whoever asks. */
function schemaOf(shape: z.core.$ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // our lists cannot be written to; who reads them over the wire does not mind
      delete jsonSchema.readOnly;
    },
  });
  return schema;
}
