/** A function that is loaded when it is first called, so that starts without it are faster. */
export function onUse<Given extends readonly unknown[], Result>(
  load: () => Promise<(...given: Given) => Promise<Result>>,
): (...given: Given) => Promise<Result> {
  let loaded: ReturnType<typeof load> | undefined;
  return async (...given) => {
    loaded ??= load();
    const perform = await loaded;
    return perform(...given);
  };
}
