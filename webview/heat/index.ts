/** What panels that show heatmaps stand on. */
export { AppearanceControls, OpacitySlider } from './appearanceControls';
export { ColourBar, ScaleBar } from './colourBar';
export { Heat } from './heat';
export { createHeatmaps, type AskHeatmaps, type Heatmaps, type Wanted } from './heatmaps';
export { createHeatsInSight, HeatsBanner, type HeatsInSight } from './heatsInSight';
export { HeatStack, PictureCanvas, PictureStack } from './heatStack';
export { heatInWords } from './inWords';
export { createLook, type Look } from './look';
