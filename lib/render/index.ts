/**
 * Charts of a built site as pictures, SVG and PNG, without a browser: for mails and chats.
 */
export {renderPicture, type PictureFormat, type PictureOptions, type PictureTheme} from "./render-picture.js";
