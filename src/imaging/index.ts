/** Pictures and heatmaps for people: colours, sizes, overlays. */
export {
  COLOUR_MAP_NAMES,
  colourTable,
  colourise,
  signedOpacity,
  type ColourMapName,
  type HeatColours,
} from './colourMaps';
export {
  displayMap,
  displayMapInPicture,
  isFlat,
  sharedScale,
  symmetricScale,
  type DisplayMap,
  type FloatMap,
  type Scale,
} from './heatmap';
export { resizePixels, type RgbImage } from './image';
export { overlay, renderOverlay, type OverlayOptions } from './overlay';
export {
  DEFAULT_RESIZE,
  fittedSize,
  inputBox,
  isCropped,
  placeInInput,
  placementOf,
  resizeSentence,
  resizeText,
  type Box,
  type Interpolation,
  type Resize,
  type Size,
} from './placement';
export { encodePng, pngDataUri } from './png';
export { resample, type Grid } from './resample';
export { bringToInput } from './toInput';
