import type { Service } from './service.ts';

/**
 * A service with a REST protocol: the method and the path of a request identify its operation. The path and the query
 * also contain members of the operation's input, as strings.
 */
export interface RestService extends Service {
  readonly routes: Routes;
}

/** The method and path of each operation, such as `GET /applications/{applicationId}/jobruns/{jobRunId}`. */
export type Routes = Readonly<Record<string, `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`>>;
