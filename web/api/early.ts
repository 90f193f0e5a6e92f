declare global {
  /** What the document has asked for before the page was there. */
  var early: Map<string, Promise<Response>> | undefined;
}

/** Asks the API for what the first view needs, while the browser still loads the page's code. */
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

/** The answer to an early request, once. Undefined: it was not asked for early. */
export function takeEarly(path: string): Promise<Response> | undefined {
  globalThis.early ??= new Map();
  const response = globalThis.early.get(path);
  globalThis.early.delete(path);
  return response;
}
