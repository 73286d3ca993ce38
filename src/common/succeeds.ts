/** Whether it comes to an end without an error, as `stat` of what is there does. */
export function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
