/** What a test came to: the one form that every way of testing in VS Code reports in. */
export interface TestResult {
  /** `suite › test` */
  readonly name: string;
  readonly ok: boolean;
  /** The driven suite that it is of, and under which VS Code; it can be run once more. */
  readonly suite?: { readonly vscode: string; readonly name: string };
  /** It failed at first, and passed when its suite was run again. */
  readonly unsteady?: boolean;
  /** What was thrown, with its stack. */
  readonly error?: string;
  readonly milliseconds: number;
}

/** Runs a test, which fails by throwing or by not ending in time. */
export async function runTest(name: string, limitMilliseconds: number, body: () => unknown): Promise<TestResult> {
  const begin = Date.now();
  const milliseconds = (): number => Date.now() - begin;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`did not end within ${String(limitMilliseconds / 1000)} s`)),
      limitMilliseconds,
    );
  });
  try {
    await Promise.race([Promise.resolve().then(body), limit]);
    return { name, ok: true, milliseconds: milliseconds() };
  } catch (error) {
    return { name, ok: false, error: describeError(error), milliseconds: milliseconds() };
  } finally {
    clearTimeout(timer);
  }
}

export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
