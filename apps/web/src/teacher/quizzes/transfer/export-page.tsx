import type { ExportFile, VersionSummary } from '@hourglass/quizzes/model'
import { A } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { api } from '../../../lib/api'
import { createAction, createLoader, listAll } from '../../../lib/load'
import { saveFile } from '../../../lib/save-file'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { RadioGroup, Select } from '../../../parts/field'
import { ErrorNotice, Notice } from '../../../parts/notice'
import { questionPath } from '../paths'
import { useQuiz } from '../quiz/quiz-context'

const formats = ['moodle-xml', 'gift'] as const

/** The draft or a version as a file for other programs; what the format cannot carry is told before it is saved. */
export default function ExportPage() {
  const { quiz } = useQuiz()
  const [format, setFormat] = createSignal<(typeof formats)[number]>('moodle-xml')
  const [digest, setDigest] = createSignal('')
  const [file, setFile] = createSignal<ExportFile | null>(null)
  const making = createAction()
  const versions = createLoader(
    createMemo(() => quiz().id),
    (id, signal) => listAll<VersionSummary>(`/api/quizzes/${id}/versions`, signal),
  )
  const make = () =>
    making.run(async () => {
      setFile(null)
      const of = digest() ? `/api/versions/${digest()}` : `/api/quizzes/${quiz().id}`
      setFile(await api.get<ExportFile>(`${of}/export?format=${format()}`, { timeoutMs: 60_000 }))
    })
  const save = (made: ExportFile) => saveFile(new Blob([made.text], { type: made.mediaType }), made.filename)
  return (
    <section class="stack measure" aria-labelledby="export-title">
      <h2 id="export-title">{t('export.title')}</h2>
      <p class="soft">{t('export.lead')}</p>
      <Select
        label={t('export.what')}
        value={digest()}
        options={[
          { value: '', label: t('export.draft') },
          ...(versions.data() ?? []).map((version) => ({
            value: version.digest,
            label: t('version.name', { number: version.number }),
          })),
        ]}
        onChange={(value) => {
          setDigest(value)
          setFile(null)
        }}
      />
      <RadioGroup
        label={t('import.format')}
        value={format()}
        options={formats.map((value) => ({
          value,
          label: t(`import.format.${value}`),
          hint: t(`export.hint.${value}`),
        }))}
        onChange={(value) => {
          setFormat(value)
          setFile(null)
        }}
      />
      <div>
        <Button variant="primary" busy={making.isBusy()} onClick={() => void make()}>
          {t('export.make')}
        </Button>
      </div>
      <Show when={making.error()}>{(error) => <ErrorNotice error={error()} title={t('export.failed')} />}</Show>
      <div role="status">
        <Show when={file()}>
          {(made) => (
            <div class="stack">
              <Losses of={made()} quizId={quiz().id} />
              <div>
                <Button icon="download" onClick={() => save(made())}>
                  {t('export.save', { name: made().filename })}
                </Button>
              </div>
            </div>
          )}
        </Show>
      </div>
    </section>
  )
}

const Losses = (props: { of: ExportFile; quizId: string }) => (
  <Show
    when={props.of.losses.length > 0}
    fallback={
      <Notice meaning="stored">
        <p>{t('export.whole')}</p>
      </Notice>
    }
  >
    <Notice meaning="attention" title={t('export.losses', { count: props.of.losses.length })}>
      <ul class="remark-list">
        <For each={props.of.losses}>
          {({ questionId, title, losses }) => (
            <li>
              <A href={questionPath(questionId, props.quizId)}>{title || t('question.untitled')}</A>: {losses.join(' ')}
            </li>
          )}
        </For>
      </ul>
    </Notice>
  </Show>
)
