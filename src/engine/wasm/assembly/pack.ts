/** Rearranging part of a matrix into a panel that a matrix product reads from front to back. */

/**
 * Writes 4 lines of `depth` floats side by side: element p of line l goes to target + 4·(p·step + l). Lines from
 * `lines` on are written as 0.
 *
 * @param across distance between lines in the source, in floats
 * @param along distance between the elements of a line in the source, in floats
 */
export function packPanel(target: usize, step: i32, source: usize, across: i32, along: i32, lines: i32, depth: i32): void {
  const stepBytes = <usize>(step << 2);
  if (lines == 4 && across == 1) packRows(target, stepBytes, source, along << 2, depth);
  else if (lines == 4 && along == 1) packColumns(target, stepBytes, source, across << 2, depth);
  else packAny(target, stepBytes, source, across << 2, along << 2, lines, depth);
}

/** The 4 lines lie side by side already. */
function packRows(target: usize, step: usize, source: usize, along: usize, depth: i32): void {
  for (let p = 0; p < depth; p++) {
    v128.store(target, v128.load(source));
    target += step;
    source += along;
  }
}

/** Each line is contiguous: transpose 4×4 at a time. */
function packColumns(target: usize, step: usize, source: usize, across: usize, depth: i32): void {
  let line0 = source, line1 = line0 + across, line2 = line1 + across, line3 = line2 + across;
  let p = 0;
  for (; p + 4 <= depth; p += 4) {
    const r0 = v128.load(line0), r1 = v128.load(line1), r2 = v128.load(line2), r3 = v128.load(line3);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    target += step;
    v128.store(target, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    target += step;
    v128.store(target, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    target += step;
    v128.store(target, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    target += step;
    line0 += 16; line1 += 16; line2 += 16; line3 += 16;
  }
  packAny(target, step, line0, across, 4, 4, depth - p);
}

function packAny(target: usize, step: usize, source: usize, across: usize, along: usize, lines: i32, depth: i32): void {
  for (let p = 0; p < depth; p++) {
    for (let l = 0; l < 4; l++) {
      store<f32>(target + (l << 2), l < lines ? load<f32>(source + <usize>l * across) : 0);
    }
    target += step;
    source += along;
  }
}
