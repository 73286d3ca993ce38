/** What perturbations are called where their number in the study's list does not stand before them. */

interface Entry {
  /** In the study's list, from 0. */
  readonly place: number;
  readonly title: string;
}

/** "rotation −30…30°"; of several that read alike "occlusion 10 (number 2)", by its number in the study's list. */
export function entryName({ place, title }: Entry, entries: readonly Entry[]): string {
  const isAlone = entries.filter((each) => each.title === title).length === 1;
  return isAlone ? title : `${title} (number ${place + 1})`;
}
