/**
 * 3×3 convolution at stride 1 by Winograd's minimal filtering F(4×4, 3×3): an output tile of 4×4 from an input tile of
 * 6×6 takes 36 products where the plain sum takes 144 (Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks", 2016; the matrices G, Bᵀ and Aᵀ are theirs):
 *
 *   U = G·g·Gᵀ of each filter, V = Bᵀ·d·B of each input tile, Y = Aᵀ·(U ⊙ V)·A,
 *
 * where ⊙, summed over channels, is one matrix product for each of the 36 places in a tile. The gradients are the same
 * three maps transposed: the input's is a convolution with the filters turned round, the filters' goes back through
 * A·dY·Aᵀ and Gᵀ·dU·G. Channels are multiples of 4 everywhere here. Float32 keeps about 1e-5 of the largest value.
 */
import { gemm, gemmScratchFloats } from './gemm';
import {
  transformFilterGradient, transformFilters, transformInput, transformOutput, transformOutputGradient,
  winogradWorkFloats,
} from './winogradTransforms';

const PLACES: i32 = 36;

/** Floats of scratch for both functions below, working on `tiles` tiles at a time. */
export function winogradScratchFloats(channels: i32, outChannels: i32, tiles: i32): i32 {
  return (
    winogradWorkFloats(max(channels, outChannels)) +
    PLACES * (channels * outChannels + tiles * (channels + outChannels)) +
    gemmScratchFloats(outChannels)
  );
}

/**
 * y [batch, outHeight, outWidth, outChannels] from x [batch, height, width, channels]. With `turned`, the filters are
 * those of the convolution whose input gradient this is, [3, 3, outChannels, channels], and are turned round.
 */
export function winogradForward(
  x: usize, filter: usize, y: usize,
  batch: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, outChannels: i32,
  top: i32, left: i32, turned: i32, tiles: i32, scratch: usize,
): void {
  const weights = channels * outChannels;
  const u = scratch + (winogradWorkFloats(max(channels, outChannels)) << 2);
  const v = u + ((PLACES * weights) << 2), m = v + ((PLACES * tiles * channels) << 2);
  const rest = m + ((PLACES * tiles * outChannels) << 2);
  transformFilters(filter, u, weights, turned, scratch);
  const bRow = turned ? 1 : outChannels, bColumn = turned ? channels : 1;
  const down = tilesAlong(outHeight), across = tilesAlong(outWidth);
  for (let first = 0; first < batch * down * across; first += tiles) {
    const count = min(tiles, batch * down * across - first);
    transformInput(x, v, first, count, height, width, channels, down, across, top, left, scratch);
    for (let place = 0; place < PLACES; place++) {
      gemm(
        count, outChannels, channels,
        v + ((place * count * channels) << 2), channels, 1,
        u + ((place * weights) << 2), bRow, bColumn,
        m + ((place * count * outChannels) << 2), outChannels, 0, rest,
      );
    }
    transformOutput(m, y, first, count, outHeight, outWidth, outChannels, down, across, scratch);
  }
}

/** dfilter [3, 3, channels, outChannels]. */
export function winogradFilterGradient(
  x: usize, dy: usize, dfilter: usize,
  batch: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, outChannels: i32,
  top: i32, left: i32, tiles: i32, scratch: usize,
): void {
  const weights = channels * outChannels;
  const du = scratch + (winogradWorkFloats(max(channels, outChannels)) << 2);
  const v = du + ((PLACES * weights) << 2), dm = v + ((PLACES * tiles * channels) << 2);
  const rest = dm + ((PLACES * tiles * outChannels) << 2);
  const down = tilesAlong(outHeight), across = tilesAlong(outWidth);
  for (let first = 0; first < batch * down * across; first += tiles) {
    const count = min(tiles, batch * down * across - first);
    transformInput(x, v, first, count, height, width, channels, down, across, top, left, scratch);
    transformOutputGradient(dy, dm, first, count, outHeight, outWidth, outChannels, down, across, scratch);
    for (let place = 0; place < PLACES; place++) {
      gemm(
        channels, outChannels, count,
        v + ((place * count * channels) << 2), 1, channels,
        dm + ((place * count * outChannels) << 2), outChannels, 1,
        du + ((place * weights) << 2), outChannels, i32(first > 0), rest,
      );
    }
  }
  transformFilterGradient(du, dfilter, weights, scratch);
}

// @ts-ignore: decorator
@inline
function tilesAlong(size: i32): i32 {
  return (size + 3) >> 2;
}
