/**
 * Elements of a page and their styles, for the rooms that make some. Imports no other room and runs in a page.
 */
export {h, setText, uniqueId} from "./element.js";
export {useStyle} from "./style.js";
