/** What panels that show heatmaps stand on. */
export { AppearanceControls, OpacitySlider } from './appearanceControls';
export { Bitmap } from './bitmap';
export { ColourBar, ScaleBar } from './colourBar';
export { Heat } from './heat';
export { createHeatmaps, type AskHeatmaps, type Heatmaps, type Wanted } from './heatmaps';
export { createHeatsInSight, HeatsBanner, type HeatsInSight } from './heatsInSight';
export { HeatStack, PictureBitmap, PictureStack } from './heatStack';
export { heatInWords } from './inWords';
export { createLook, type Look } from './look';
