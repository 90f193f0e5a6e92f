declare global {
  /** Requests that the document made before the page loaded. */
  var early: Map<string, Promise<Response>> | undefined;
}

/** Requests what the first view needs while the browser still loads the page's code. */
export function askEarly(paths: readonly string[]): void {
  // the page came first and asks for itself
  if (globalThis.early !== undefined) return;
  globalThis.early = new Map(
    paths.map((path) => {
      const response = fetch(path, { cache: 'no-store' });
      // the view that needs it asks again and says what went wrong
      response.catch(() => undefined);
      return [path, response];
    }),
  );
}

/** The answer to an early request, once. Undefined: there was no early request. */
export function takeEarly(path: string): Promise<Response> | undefined {
  globalThis.early ??= new Map();
  const response = globalThis.early.get(path);
  globalThis.early.delete(path);
  return response;
}
