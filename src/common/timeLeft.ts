/**
 * Tells from counts how many seconds are left: undefined until there is something to go by. What comes first warms the
 * engine up and says little about the rest, so that the clock starts with the first count.
 */
export function createTimeLeft(
  now: () => number = () => performance.now(),
): (done: number, of: number) => number | undefined {
  let begin: { readonly time: number; readonly done: number } | undefined;
  return (done, of) => {
    begin ??= { time: now(), done };
    const counted = done - begin.done;
    if (counted <= 0) return undefined;
    return ((of - done) * (now() - begin.time)) / 1000 / counted;
  };
}
