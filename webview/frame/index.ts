/** What every page stands on. */
export { announce } from './announce';
export { Banner } from './banner';
export { CheckpointsMenu } from './checkpointsMenu';
export { EmptyState, Loading } from './emptyState';
export { Frame } from './frame';
export { LayerPicker } from './layers/layerPicker';
export { lazily } from './lazily';
export { MethodPicker } from './methodPicker';
export { createPage, messageOf, type Page } from './page';
export { onPageKey } from './pageKeys';
export { createRequest, type Count, type Request, type RequestOptions, type RequestState } from './request';
export { RunFrame } from './runFrame';
export { createRunPage, type RunPage } from './runPage';
export { RunPicker } from './runPicker';
export { Toolbar } from './toolbar';
