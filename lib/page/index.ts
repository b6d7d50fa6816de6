/**
 * What a page needs to draw first and ask later: rows of small Arrow files without a large reader, and elements that keep their
 * place and content while a new answer is on its way; what is chosen kept in the address, and what is shown saved. For pages.
 *
 * Stability: experimental.
 *
 * @module
 */
export {answer, type Answer, type AnswerOptions, type QuestionOptions} from "./answer.js";
export {arrowRows, type ArrowFile, type ArrowRow} from "./arrow-rows.js";
export {csvText, type CsvRow} from "./csv.js";
export {downloads, type Downloadable} from "./downloads.js";
export {faultNote, type FaultNoteOptions} from "./fault-note.js";
export {idle} from "./idle.js";
export {inAddress, type AddressInput, type AddressOptions} from "./in-address.js";
export {picture, type Picture, type PictureOptions} from "./picture.js";
