/** How tables mark a mean over heatmaps of which too few can be compared. */
export const TOO_FEW = ' (!)';
export const TOO_FEW_LINE =
  '(!): too few heatmaps can be compared to say anything by the mean, as flat ones, which are the same everywhere, cannot.';
