/**
 * What a page needs to draw first and ask later: rows of small Arrow files without a large reader, and elements that keep their
 * place and content while a new answer is on its way. For pages.
 *
 * @module
 */
export {answer, type Answer, type AnswerOptions, type QuestionOptions} from "./answer.js";
export {arrowRows, type ArrowFile, type ArrowRow} from "./arrow-rows.js";
export {idle} from "./idle.js";
export {picture, type Picture, type PictureOptions} from "./picture.js";
