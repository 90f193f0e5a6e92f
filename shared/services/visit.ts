const milliseconds = 5_000;

/** The status of the answer to a GET; 0: there is none within seconds. A redirect is not followed. */
export async function visit(url: string): Promise<number> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(milliseconds) });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return 0;
  }
}
