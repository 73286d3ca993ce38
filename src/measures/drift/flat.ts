/** Why no map of a layer can be compared. */

/** Of a layer whose maps are all flat. @param cells of the layer's maps, in height × width */
export function allFlatText({ height, width }: { readonly height: number; readonly width: number }): string {
  if (height * width === 1)
    return 'All heatmaps of this layer are flat, as a map of one cell is: choose an earlier layer, or larger inputs.';
  return `All heatmaps of this layer are flat, although they are ${height}×${width} cells: nowhere is an activation positive once it is weighted by the gradients of the class, as with a classifier of zeros. Choose another layer, or trained weights.`;
}
