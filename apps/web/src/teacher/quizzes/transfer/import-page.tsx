import type { ImportResult } from '@hourglass/quizzes/model'
import { useNavigate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { api } from '../../../lib/api'
import { createAction } from '../../../lib/load'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { Select, TextArea, TextField } from '../../../parts/field'
import { FileDrop } from '../../../parts/file-drop'
import { ErrorNotice, Notice } from '../../../parts/notice'
import { Page } from '../../../parts/page'
import { LeaveGuard } from '../leave-guard'
import { quizPath } from '../paths'
import '../quizzes.css'
import { ImportReport } from './import-report'

const formats = ['auto', 'gift', 'moodle-xml', 'aiken'] as const
type Format = (typeof formats)[number]
type Source = { name: string; body: Blob }

const maxBytes = 20_000_000
const importTimeoutMs = 120_000

/** A file or a text of questions: first what would become of each of them, then the import. */
export default function ImportPage() {
  const navigate = useNavigate()
  const [source, setSource] = createSignal<Source | null>(null)
  const [pasted, setPasted] = createSignal('')
  const [format, setFormat] = createSignal<Format>('auto')
  const [title, setTitle] = createSignal('')
  const [report, setReport] = createSignal<ImportResult | null>(null)
  const [isDone, setDone] = createSignal(false)
  const looking = createAction()
  const importing = createAction()
  // One key for one reading of one source: an import that is pressed again makes no second quiz.
  let key = crypto.randomUUID()
  const address = (isDryRun: boolean) =>
    `/api/quizzes/import?${new URLSearchParams({
      format: format(),
      dryRun: String(isDryRun),
      ...(title().trim() && { title: title().trim() }),
    })}`
  const look = async (from: Source) => {
    setSource(from)
    setReport(null)
    importing.clear()
    key = crypto.randomUUID()
    await looking.run(async () => {
      setReport(await api.post<ImportResult>(address(true), from.body, { timeoutMs: importTimeoutMs }))
    })
  }
  const lookAgain = (chosen: Format) => {
    setFormat(chosen)
    const from = source()
    if (from) void look(from)
  }
  const take = () => {
    const from = source()
    if (!from) return
    void importing.run(async () => {
      const result = await api.post<ImportResult>(address(false), from.body, {
        timeoutMs: importTimeoutMs,
        idempotencyKey: `${key}-${format()}`,
      })
      setDone(true)
      navigate(result.quiz ? quizPath(result.quiz.id) : '/teach/quizzes')
    })
  }
  const usable = () => {
    const counts = report()?.counts
    return counts ? counts.imported + counts.importedWithLoss : 0
  }
  return (
    <Page title={t('import.title')} lead={t('import.lead')}>
      <LeaveGuard isDirty={(pasted() !== '' || report() !== null) && !isDone()} />
      <section class="grid import-source" aria-label={t('import.source')}>
        <div class="stack">
          <FileDrop
            label={t('import.file')}
            hint={t('import.fileHint')}
            accept=".gift,.txt,.xml,text/plain,text/xml,application/xml"
            maxBytes={maxBytes}
            maxLabel="20 MB"
            onFile={(file) => void look({ name: file.name, body: file })}
          />
          <Select
            label={t('import.format')}
            value={format()}
            options={formats.map((value) => ({ value, label: t(`import.format.${value}`) }))}
            onChange={lookAgain}
          />
        </div>
        <div class="stack-tight">
          <TextArea
            label={t('import.paste')}
            hint={t('import.pasteHint')}
            rows={7}
            dir="auto"
            spellcheck={false}
            value={pasted()}
            onInput={(event) => setPasted(event.currentTarget.value)}
          />
          <div>
            <Button
              disabled={pasted().trim() === ''}
              busy={looking.isBusy()}
              onClick={() =>
                void look({ name: t('import.pasted'), body: new Blob([pasted()], { type: 'text/plain' }) })
              }
            >
              {t('import.look')}
            </Button>
          </div>
        </div>
      </section>
      <Show when={looking.isBusy()}>
        <p role="status">{t('import.reading', { name: source()?.name ?? '' })}</p>
      </Show>
      <Show when={looking.error()}>
        {(error) => <ErrorNotice error={error()} title={t('import.unreadable', { name: source()?.name ?? '' })} />}
      </Show>
      <Show when={report()}>
        {(found) => (
          <>
            <ImportReport of={found()} name={source()?.name ?? ''} />
            <Show
              when={usable() > 0}
              fallback={
                <Notice meaning="attention" title={t('import.nothing')}>
                  <p>{t('import.nothingHow')}</p>
                </Notice>
              }
            >
              <div class="stack measure">
                <TextField
                  label={t('import.quizTitle')}
                  isOptional
                  hint={t('import.quizTitleHint')}
                  maxLength={400}
                  dir="auto"
                  value={title()}
                  onInput={(event) => {
                    setTitle(event.currentTarget.value)
                    key = crypto.randomUUID()
                  }}
                />
                <p class="soft">{t('import.effect', { count: usable() })}</p>
              </div>
              <div class="save-bar">
                <Button variant="primary" busy={importing.isBusy()} onClick={take}>
                  {t('import.take', { count: usable() })}
                </Button>
              </div>
            </Show>
          </>
        )}
      </Show>
      <Show when={importing.error()}>{(error) => <ErrorNotice error={error()} title={t('import.failed')} />}</Show>
    </Page>
  )
}
