/** Copying a box out of, or into, a tensor of up to four axes; elements of 4 bytes. */

/**
 * Copies [size0, size1, size2, size3] elements. Steps are in elements along the first three axes; along the last,
 * elements are neighbours on both sides.
 */
export function copyBox(
  source: usize, sourceStep0: i32, sourceStep1: i32, sourceStep2: i32,
  target: usize, targetStep0: i32, targetStep1: i32, targetStep2: i32,
  size0: i32, size1: i32, size2: i32, size3: i32,
): void {
  const run: usize = size3 << 2;
  for (let i = 0; i < size0; i++) {
    for (let j = 0; j < size1; j++) {
      let from = source + ((i * sourceStep0 + j * sourceStep1) << 2);
      let to = target + ((i * targetStep0 + j * targetStep1) << 2);
      for (let k = 0; k < size2; k++) {
        memory.copy(to, from, run);
        from += sourceStep2 << 2;
        to += targetStep2 << 2;
      }
    }
  }
}
