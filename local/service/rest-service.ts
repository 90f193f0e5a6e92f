import type { Service } from './service.ts';

/**
 * A service whose requests name no operation: method and path do. Members of the path and of the query belong to an
 * operation's input, as texts.
 */
export interface RestService extends Service {
  readonly routes: Routes;
}

/** Method and path of each operation, such as `GET /applications/{applicationId}/jobruns/{jobRunId}`. */
export type Routes = Readonly<Record<string, `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`>>;
