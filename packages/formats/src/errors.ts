import { AppError } from '@hourglass/kit/errors'

export type ImportFault =
  | 'import-too-large'
  | 'import-empty'
  | 'import-binary'
  | 'import-encoding'
  | 'import-unknown-format'
  | 'import-unsafe-xml'
  | 'import-too-many-questions'

const statusOf = {
  'import-too-large': 413,
  'import-empty': 422,
  'import-binary': 415,
  'import-encoding': 415,
  'import-unknown-format': 415,
  'import-unsafe-xml': 422,
  'import-too-many-questions': 422,
} as const satisfies Record<ImportFault, AppError['status']>

/** The file as a whole cannot be read. A fault of one question is never this: it stands in the question's own result. */
export class ImportError extends AppError {
  override readonly name = 'ImportError'
  readonly status: AppError['status']

  constructor(kind: ImportFault, message: string) {
    super(kind, message)
    this.status = statusOf[kind]
  }
}
