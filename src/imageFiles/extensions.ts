/** Of the files that can be decoded. Beside the decoders, which take long to load. The menus in package.json repeat it. */
export const IMAGE_EXTENSIONS = ['png', 'apng', 'jpg', 'jpeg', 'jpe', 'jfif', 'mpo', 'gif', 'bmp', 'webp'];
