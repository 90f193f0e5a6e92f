import { s3Resource } from './check-resource.ts';
import { objectTemplate, template } from './check-template.ts';
import { type Check, report } from './diagnostic.ts';
import { anything, expression, isString, number, oneOf, path } from './field-checks.ts';
import { listOf, nested, type Shape } from './object-fields.ts';

/** A Reference Path to the state's input or a variable, not to the context object. */
const countPath: Check = (value, place) => {
  if (typeof value === 'string' && value.startsWith('$$')) return report(place, 'Value is not a Reference Path');
  path(value, place);
};

const countOrPath = (name: string, check: Check): Shape => ({
  fields: { [name]: check },
  jsonPath: { [`${name}Path`]: countPath },
  exclusive: [[name, `${name}Path`]],
});

function join(...shapes: readonly Shape[]): Shape {
  const merged = (of: (shape: Shape) => Readonly<Record<string, Check>> | undefined) =>
    Object.assign({}, ...shapes.map((shape) => of(shape) ?? {}));
  return {
    fields: merged((shape) => shape.fields),
    jsonPath: merged((shape) => shape.jsonPath),
    jsonata: merged((shape) => shape.jsonata),
    required: shapes.flatMap((shape) => shape.required ?? []),
    exclusive: shapes.flatMap((shape) => shape.exclusive ?? []),
  };
}

const csvHeaders: Check = (value, place) =>
  typeof value === 'string' && place.language === 'JSONata' ? expression(value, place) : listOf(isString)(value, place);

const readerConfig = nested(
  join(
    {
      fields: {
        InputType: oneOf('CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'),
        Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
        ManifestType: oneOf('ATHENA_DATA', 'S3_INVENTORY'),
        CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
        CSVHeaders: csvHeaders,
        CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
        ItemsPointer: isString,
      },
    },
    countOrPath('MaxItems', number(0, 100_000_000)),
  ),
);

const itemReader = nested({
  fields: { Resource: s3Resource('getObject', 'listObjectsV2'), ReaderConfig: readerConfig },
  jsonPath: { Parameters: template },
  jsonata: { Arguments: objectTemplate },
  required: ['Resource'],
});

const itemBatcher = nested(
  join(
    { fields: { BatchInput: template } },
    countOrPath('MaxItemsPerBatch', number(0)),
    countOrPath('MaxInputBytesPerBatch', number(0, 262_144)),
  ),
);

const resultWriter = nested({
  fields: {
    Resource: s3Resource('putObject'),
    WriterConfig: nested({
      fields: { OutputType: oneOf('JSON', 'JSONL'), Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN') },
    }),
  },
  jsonPath: { Parameters: template },
  jsonata: { Arguments: objectTemplate },
});

/** `Items` is an array, an object whose entries are the items, or an expression. */
const items: Check = (value, place) => {
  if (typeof value === 'string') return expression(value, place);
  if (typeof value !== 'object' || value === null) return report(place, 'Expected value of type Array');
  template(value, place);
};

/** Becomes part of the Map Run's ARN: at most 40 characters, all of them allowed in names. */
const label: Check = (value, place) => {
  if (typeof value !== 'string') return report(place, 'Expected value of type String');
  if (value === '') report(place, 'Label cannot be empty');
  if (value.length > 40) report(place, 'Label cannot exceed 40 characters');
  const invalid = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u.exec(value)?.[0];
  if (invalid !== undefined) report(place, `Label contains invalid character: '${invalid}'`);
};

/** The fields of a Map that Task and Parallel do not have. The caller checks its processors. */
export const mapShape: Shape = join(
  {
    fields: {
      ItemProcessor: anything,
      Iterator: anything,
      ItemSelector: template,
      ItemReader: itemReader,
      ItemBatcher: itemBatcher,
      ResultWriter: resultWriter,
      Label: label,
    },
    jsonPath: { ItemsPath: path, Parameters: template },
    jsonata: { Items: items },
    exclusive: [
      ['ItemProcessor', 'Iterator'],
      ['ItemSelector', 'Parameters'],
      ['Items', 'ItemReader'],
    ],
  },
  countOrPath('MaxConcurrency', number(0)),
  countOrPath('ToleratedFailureCount', number(0)),
  countOrPath('ToleratedFailurePercentage', number(0, 100, false)),
);

export const processorConfig = nested({
  fields: { Mode: oneOf('INLINE', 'DISTRIBUTED'), ExecutionType: oneOf('STANDARD', 'EXPRESS') },
});
