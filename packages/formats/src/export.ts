export { exportGift } from './gift/write'
export { type ExportImage, exportMoodleXml } from './moodle/write'
export type { Exported, ExportLoss } from './write-each'
