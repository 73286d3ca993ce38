/**
 * C = A·B, or C += A·B, of float32 matrices with any row and column stride, so that a transpose costs nothing.
 *
 * Blocked as in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): a block of B is
 * packed into panels 8 columns wide, a block of A into panels 4 rows high, and each 4×8 tile of C stays in registers
 * while the depth of a block runs past. Reading A unpacked, row beside row, was measured 10 % slower.
 */
import { multiplyAdd } from './lanes';
import { packPanel } from './pack';

/** Tile of C: 8 accumulators of 4 floats, which leaves registers for the operands. */
const TILE_ROWS: i32 = 4;
const TILE_COLUMNS: i32 = 8;
/** Depth of a block: a panel of B is then 8 KiB and stays in the first-level cache. */
const BLOCK_DEPTH: i32 = 256;
/** Rows of a block of A: 64 KiB packed, which stays in the second-level cache. */
const BLOCK_ROWS: i32 = 64;

// @ts-ignore: decorator
@inline
function roundUp(value: i32, multiple: i32): i32 {
  return ((value + multiple - 1) / multiple) * multiple;
}

/** How many floats of scratch `gemm` needs for a C with this many columns. */
export function gemmScratchFloats(columns: i32): i32 {
  return BLOCK_DEPTH * (roundUp(columns, TILE_COLUMNS) + BLOCK_ROWS) + TILE_ROWS * TILE_COLUMNS;
}

/**
 * C [rows, columns] = A [rows, depth] · B [depth, columns], plus what C held where `accumulate` is not 0.
 *
 * Element (i, p) of A is at a + 4·(i·aRow + p·aColumn), of B at b + 4·(p·bRow + j·bColumn); C's rows are cRow floats
 * apart. `scratch` holds gemmScratchFloats(columns) floats.
 */
export function gemm(
  rows: i32, columns: i32, depth: i32,
  a: usize, aRow: i32, aColumn: i32,
  b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32,
  accumulate: i32, scratch: usize,
): void {
  const edge = scratch;
  const packedA = edge + ((TILE_ROWS * TILE_COLUMNS) << 2);
  const packedB = packedA + ((BLOCK_ROWS * BLOCK_DEPTH) << 2);
  for (let p = 0; p < depth; p += BLOCK_DEPTH) {
    const blockDepth = min(BLOCK_DEPTH, depth - p);
    packB(packedB, b + ((p * bRow) << 2), bRow, bColumn, blockDepth, columns);
    for (let i = 0; i < rows; i += BLOCK_ROWS) {
      const blockRows = min(BLOCK_ROWS, rows - i);
      packA(packedA, a + ((i * aRow + p * aColumn) << 2), aRow, aColumn, blockRows, blockDepth);
      const target = c + ((i * cRow) << 2);
      multiplyBlock(blockRows, columns, blockDepth, packedA, packedB, target, cRow, accumulate | i32(p > 0), edge);
    }
  }
}

function packA(target: usize, a: usize, aRow: i32, aColumn: i32, rows: i32, depth: i32): void {
  for (let i = 0; i < rows; i += TILE_ROWS) {
    packPanel(target, TILE_ROWS, a + ((i * aRow) << 2), aRow, aColumn, min(TILE_ROWS, rows - i), depth);
    target += (depth * TILE_ROWS) << 2;
  }
}

/** A panel of 8 columns is two interleaved panels of 4. */
function packB(target: usize, b: usize, bRow: i32, bColumn: i32, depth: i32, columns: i32): void {
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const source = b + ((j * bColumn) << 2);
    packPanel(target, TILE_COLUMNS, source, bColumn, bRow, min(4, columns - j), depth);
    packPanel(target + 16, TILE_COLUMNS, source + ((4 * bColumn) << 2), bColumn, bRow, max(0, min(4, columns - j - 4)), depth);
    target += (depth * TILE_COLUMNS) << 2;
  }
}

function multiplyBlock(
  rows: i32, columns: i32, depth: i32,
  packedA: usize, packedB: usize, c: usize, cRow: i32,
  accumulate: i32, edge: usize,
): void {
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const panelB = packedB + ((j * depth) << 2);
    const tileColumns = min(TILE_COLUMNS, columns - j);
    for (let i = 0; i < rows; i += TILE_ROWS) {
      const panelA = packedA + ((i * depth) << 2);
      const tile = c + ((i * cRow + j) << 2);
      const tileRows = min(TILE_ROWS, rows - i);
      if (tileRows == TILE_ROWS && tileColumns == TILE_COLUMNS) {
        multiplyTile(depth, panelA, panelB, tile, cRow << 2, accumulate);
      } else {
        multiplyTile(depth, panelA, panelB, edge, TILE_COLUMNS << 2, 0);
        copyEdge(edge, tile, cRow, tileRows, tileColumns, accumulate);
      }
    }
  }
}

function copyEdge(edge: usize, tile: usize, cRow: i32, rows: i32, columns: i32, accumulate: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const target = tile + ((i * cRow + j) << 2);
      const value = load<f32>(edge + ((i * TILE_COLUMNS + j) << 2));
      store<f32>(target, accumulate ? load<f32>(target) + value : value);
    }
  }
}

/**
 * One 4×8 tile: c (+)= panelA [depth, 4]ᵀ · panelB [depth, 8]; cRow in bytes. The loop is not unrolled: V8 then hoists
 * loads and runs out of registers (measured, 15 % slower).
 */
function multiplyTile(depth: i32, panelA: usize, panelB: usize, c: usize, cRow: usize, accumulate: i32): void {
  const c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow;
  let s00 = f32x4.splat(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  if (accumulate) {
    s00 = v128.load(c); s01 = v128.load(c, 16);
    s10 = v128.load(c1); s11 = v128.load(c1, 16);
    s20 = v128.load(c2); s21 = v128.load(c2, 16);
    s30 = v128.load(c3); s31 = v128.load(c3, 16);
  }
  let a: v128, b0: v128, b1: v128;
  const end = panelA + (depth << 4);
  while (panelA < end) {
    b0 = v128.load(panelB); b1 = v128.load(panelB, 16);
    a = v128.load_splat<f32>(panelA);
    s00 = multiplyAdd(s00, a, b0); s01 = multiplyAdd(s01, a, b1);
    a = v128.load_splat<f32>(panelA, 4);
    s10 = multiplyAdd(s10, a, b0); s11 = multiplyAdd(s11, a, b1);
    a = v128.load_splat<f32>(panelA, 8);
    s20 = multiplyAdd(s20, a, b0); s21 = multiplyAdd(s21, a, b1);
    a = v128.load_splat<f32>(panelA, 12);
    s30 = multiplyAdd(s30, a, b0); s31 = multiplyAdd(s31, a, b1);
    panelA += 16;
    panelB += 32;
  }
  v128.store(c, s00); v128.store(c, s01, 16);
  v128.store(c1, s10); v128.store(c1, s11, 16);
  v128.store(c2, s20); v128.store(c2, s21, 16);
  v128.store(c3, s30); v128.store(c3, s31, 16);
}
