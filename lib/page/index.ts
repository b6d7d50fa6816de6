/**
 * What a page needs to draw first and query later: rows of small Arrow files without a large reader, and elements
 * that keep their place and content until a new answer arrives. Also inputs in the page's address, and downloads. For
 * pages.
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
export {endTexts, tableFormat, type ColumnEnds, type TableFormat} from "./table-format.js";
