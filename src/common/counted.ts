/** "1 image", "1,017 images" */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${wholeText(count)} ${count === 1 ? noun : plural}`;
}

/** "1,017" */
export function wholeText(count: number): string {
  return count.toLocaleString('en');
}
