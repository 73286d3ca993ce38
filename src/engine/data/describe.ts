const NUMBER = new Intl.NumberFormat('en-GB');

/** "8,068 training and 1,017 test images" */
export function describeCounts(train: number, test: number): string {
  return `${NUMBER.format(train)} training and ${NUMBER.format(test)} test images`;
}
