import { checkDefinition, notAnObject } from './check-definition.ts';
import type { Diagnostic, MachineType } from './diagnostic.ts';

/** Checks a definition's text, which may not even be JSON. */
export function checkDefinitionText(text: string, options: { readonly type: MachineType }): Diagnostic[] {
  if (text.trim() === '') return [notAnObject];
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (thrown) {
    return [notJson(text, thrown)];
  }
  return checkDefinition(definition, options);
}

/** Reports an unknown JSON word as AWS's parser (Jackson) does, and other errors as our parser does. */
function notJson(text: string, thrown: unknown): Diagnostic {
  const word = /^\s*([A-Za-z_$][\w$]*)/.exec(text)?.[1];
  const line = text.slice(0, text.search(/\S/)).split('\n').length;
  const column = (word?.length ?? 0) + text.search(/\S/) - text.lastIndexOf('\n', text.search(/\S/));
  const location = `[Source: (String)"${text}"; line: ${line}, column: ${column}]`;
  const what =
    word !== undefined
      ? `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`
      : thrown instanceof Error
        ? thrown.message
        : 'not JSON';
  return { severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message: `${what}\n at ${location}`, location };
}
