/** Of the files that can be decoded. Beside the decoders, which take long to load. */
export const IMAGE_EXTENSIONS = ['png', 'jpg', 'jpeg', 'gif', 'bmp', 'webp'];
