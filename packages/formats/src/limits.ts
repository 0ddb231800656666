/** Checked before a byte is decoded, so that memory stays bounded whatever is sent. */
export const maxImportBytes = 20 * 1024 * 1024

/** A small file can hold millions of tiny questions; the report of each costs more than its bytes. */
export const maxImportQuestions = 20_000

/** Elements of Moodle's XML lie some eight deep. */
export const maxXmlDepth = 40

/** Twenty megabytes of line ends cost far more memory than twenty megabytes of text. */
export const maxImportLines = 1_000_000

/** More than any question type holds; checked while reading, so that one question cannot fill the memory. */
export const maxAnswers = 500
export const maxXmlElements = 5_000
