/** Made with the first text: it takes 10 ms. */
let format: Intl.NumberFormat | undefined;

/** "8,068 training and 1,017 test images" */
export function describeCounts(train: number, test: number): string {
  format ??= new Intl.NumberFormat('en-GB');
  return `${format.format(train)} training and ${format.format(test)} test images`;
}
