import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { Operations } from '../driver/engine-core.ts';
import { checkStateAlone } from './check-definition.ts';
import { checkDefinitionText } from './check-definition-text.ts';
import type { Diagnostic, MachineType } from './diagnostic.ts';

const validateInput = z.looseObject({
  definition: z.string(),
  type: z._default(z.enum(['STANDARD', 'EXPRESS']), 'STANDARD'),
  severity: z._default(z.enum(['ERROR', 'WARNING']), 'ERROR'),
  maxResults: z._default(z.number().check(z.gte(0), z.lte(100)), 0),
});

export function definitionOperations(): Operations {
  return {
    async ValidateStateMachineDefinition(input) {
      const { definition, type, severity, maxResults } = parseInput(validateInput, input);
      const all = checkDefinitionText(definition, { type });
      const shown = severity === 'WARNING' ? all : all.filter(isError);
      const limit = maxResults === 0 ? 100 : maxResults;
      return {
        result: all.some(isError) ? 'FAIL' : 'OK',
        diagnostics: shown.slice(0, limit),
        truncated: shown.length > limit,
      };
    },
  };
}

/** Rejects what AWS rejects. @throws {ServiceError} InvalidDefinition, with every problem */
export function requireValidDefinition(definition: string, type: MachineType): void {
  refuse(checkDefinitionText(definition, { type }));
}

/** The same for a single state. @throws {ServiceError} InvalidDefinition */
export function requireValidState(text: string): void {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    refuse(checkDefinitionText(text, { type: 'STANDARD' }));
  }
  refuse(checkStateAlone(state, { type: 'STANDARD' }));
}

function refuse(diagnostics: readonly Diagnostic[]): void {
  const problems = diagnostics.filter(isError);
  if (problems.length === 0) return;
  const told = problems.map(({ code, message, location = 'null' }) => `${code}: ${message} at ${location}`);
  throw new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${told.join(', ')}'`);
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'ERROR';
}
