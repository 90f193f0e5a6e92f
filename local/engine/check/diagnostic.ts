/** A problem of a definition, as ValidateStateMachineDefinition reports it. `location` is `/States/Name/Field[0]`. */
export type Diagnostic = {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  readonly location?: string;
};

export type MachineType = 'STANDARD' | 'EXPRESS';
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** Where in a definition a check looks, and where its problems go. */
export type Place = {
  readonly location: string;
  readonly language: QueryLanguage;
  readonly type: MachineType;
  readonly report: (problem: Diagnostic) => void;
};

/** Looks at one value and reports what is wrong with it. */
export type Check = (value: unknown, place: Place) => void;

export const schemaFailed = 'SCHEMA_VALIDATION_FAILED';

export function report(place: Place, message: string, code: string = schemaFailed): void {
  place.report({ severity: 'ERROR', code, message, location: place.location === '' ? '/' : place.location });
}

/** What the definition is accepted with all the same. */
export function warn(place: Place, message: string): void {
  place.report({ severity: 'WARNING', code: schemaFailed, message, location: place.location });
}

/** The name of the field at this place. */
export const fieldName = ({ location }: Place): string => location.slice(location.lastIndexOf('/') + 1);

export const field = (place: Place, name: string): Place => ({ ...place, location: `${place.location}/${name}` });
export const item = (place: Place, index: number): Place => ({ ...place, location: `${place.location}[${index}]` });
