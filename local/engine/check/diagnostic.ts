/** A problem of a definition, as ValidateStateMachineDefinition reports it. `location` is `/States/Name/Field[0]`. */
export type Diagnostic = {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  readonly location?: string;
};

export type MachineType = 'STANDARD' | 'EXPRESS';
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** A position in a definition, and the list of problems found there. */
export type Place = {
  readonly location: string;
  readonly language: QueryLanguage;
  readonly type: MachineType;
  readonly report: (problem: Diagnostic) => void;
};

/** Checks one value and reports its problems. */
export type Check = (value: unknown, place: Place) => void;

export const schemaFailed = 'SCHEMA_VALIDATION_FAILED';

export function report(place: Place, message: string, code: string = schemaFailed): void {
  place.report({ severity: 'ERROR', code, message, location: place.location === '' ? '/' : place.location });
}

/** Problems that do not prevent acceptance. */
export function warn(place: Place, message: string): void {
  place.report({ severity: 'WARNING', code: schemaFailed, message, location: place.location });
}

/** The field name at this position. */
export const fieldName = ({ location }: Place): string => location.slice(location.lastIndexOf('/') + 1);

export const field = (place: Place, name: string): Place => ({ ...place, location: `${place.location}/${name}` });
export const item = (place: Place, index: number): Place => ({ ...place, location: `${place.location}[${index}]` });
