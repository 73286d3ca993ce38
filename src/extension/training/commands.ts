/** The commands of this room, which are loaded with the first of them. */
export { resumeCommand } from './resume';
export { stopCommand } from './stop';
export { trainCommand } from './train';
