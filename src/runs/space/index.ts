/** What runs take, and clearing what can be computed again. */
export { folderBytes, runSize, type RunSize } from './size';
export { clearResults, resultsLimit, trimResults, type Freed } from './results';
