/** Pictures and heatmaps for people: colours, sizes, overlays. */
export { COLOUR_MAP_NAMES, colourTable, colourise, differenceTable, type ColourMapName } from './colourMaps';
export { displayMap, isFlat, sharedScale, type DisplayMap, type FloatMap, type Scale } from './heatmap';
export { resizePixels, type RgbImage } from './image';
export { overlay, renderOverlay, type OverlayOptions } from './overlay';
export { encodePng, pngDataUri } from './png';
export { resample, type Grid } from './resample';
