import { KeyQuestion } from '@hourglass/questions/key'
import { PaperQuestion } from '@hourglass/questions/paper'
import { z } from 'zod'

const format = z.enum(['gift', 'moodle-xml', 'aiken'])

/** What became of one question of the file. */
export const ImportedQuestion = z.object({
  /** From 1. */
  line: z.int(),
  title: z.string(),
  status: z.enum(['imported', 'imported-with-loss', 'refused']),
  losses: z.array(z.string()),
  /** Why it was refused. */
  reason: z.string().nullable(),
  /** What keeps a quiz with it from being published until it is mended. */
  faults: z.array(z.string()),
  type: z.string().nullable(),
  questionId: z.string().nullable(),
  /** In a dry run: the question as the student and the reviewer will see it. */
  preview: z.object({ paper: PaperQuestion, key: KeyQuestion }).nullable(),
})
export type ImportedQuestion = z.infer<typeof ImportedQuestion>

export const ImportResult = z.object({
  format,
  isDryRun: z.boolean(),
  /** The new draft; `null` in a dry run. */
  quiz: z.object({ id: z.string(), title: z.string() }).nullable(),
  counts: z.object({ imported: z.int(), importedWithLoss: z.int(), refused: z.int() }),
  /** Sentences about the file as a whole. */
  notes: z.array(z.string()),
  questions: z.array(ImportedQuestion),
})
export type ImportResult = z.infer<typeof ImportResult>

const flag = z.enum(['true', 'false']).optional()

export const ImportQuery = z.object({
  format: z.enum(['auto', 'gift', 'moodle-xml', 'aiken']).default('auto'),
  dryRun: flag,
  title: z.string().trim().min(1).max(400).optional(),
})
export type ImportQuery = z.infer<typeof ImportQuery>

export const ExportQuery = z.object({ format: z.enum(['gift', 'moodle-xml']) })
export type ExportQuery = z.infer<typeof ExportQuery>

export const ExportFile = z.object({
  filename: z.string(),
  mediaType: z.string(),
  text: z.string(),
  /** What the format could not carry, by question. */
  losses: z.array(z.object({ questionId: z.string(), title: z.string(), losses: z.array(z.string()) })),
})
export type ExportFile = z.infer<typeof ExportFile>
