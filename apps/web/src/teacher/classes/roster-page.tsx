import type { RosterReport } from '@hourglass/students/model'
import { createSignal, Show } from 'solid-js'
import { api } from '../../lib/api'
import { createAction } from '../../lib/load'
import { t } from '../../messages/classes'
import { Button } from '../../parts/button'
import { TextArea } from '../../parts/field'
import { FileDrop } from '../../parts/file-drop'
import { ErrorNotice } from '../../parts/notice'
import { Skeleton } from '../../parts/skeleton'
import { useClass } from './class-context'
import { RosterResult } from './roster-result'

const maxBytes = 1_000_000
// Two thousand rows are taken one by one.
const timeoutMs = 60_000

type Checked = { roster: Blob; report: RosterReport; isImported: boolean }

/** Imports students from CSV, first as a dry run: `/teach/classes/:id/roster`. */
export default function RosterPage() {
  const open = useClass()
  const [checked, setChecked] = createSignal<Checked | null>(null)
  const [pasted, setPasted] = createSignal('')
  const action = createAction()
  const send = async (roster: Blob, isImported: boolean) => {
    const report = await api.post<RosterReport>(
      `/api/classes/${open.value().id}/roster?dryRun=${!isImported}`,
      roster,
      { contentType: 'text/csv', timeoutMs },
    )
    setChecked({ roster, report, isImported })
    if (isImported) await open.reload()
  }
  const check = (roster: Blob) => action.run(() => send(roster, false))
  const again = () => {
    action.clear()
    setChecked(null)
  }
  return (
    <section class="stack" aria-labelledby="roster-title">
      <div class="stack-tight">
        <h2 id="roster-title">{t('roster.title')}</h2>
        <p class="soft measure">{t('roster.lead')}</p>
      </div>
      <Show
        when={checked()}
        fallback={
          <div class="grid">
            <FileDrop
              label={t('roster.file')}
              hint={t('roster.fileHint')}
              accept=".csv,.tsv,.txt,text/csv,text/plain"
              maxBytes={maxBytes}
              maxLabel={t('roster.maxSize')}
              onFile={(file) => void check(file)}
            />
            <form
              class="stack"
              onSubmit={(event) => {
                event.preventDefault()
                void check(new Blob([pasted()]))
              }}
            >
              <TextArea
                label={t('roster.paste')}
                hint={t('roster.pasteHint')}
                placeholder={t('roster.example')}
                rows={6}
                required
                spellcheck={false}
                value={pasted()}
                onInput={(event) => setPasted(event.currentTarget.value)}
              />
              <div>
                <Button type="submit" busy={action.isBusy()}>
                  {t('roster.check')}
                </Button>
              </div>
            </form>
          </div>
        }
      >
        {(done) => (
          <RosterResult
            class={open.value()}
            report={done().report}
            isImported={done().isImported}
            isBusy={action.isBusy()}
            onImport={() => void action.run(() => send(done().roster, true))}
            onAgain={again}
          />
        )}
      </Show>
      <Show when={action.isBusy()}>
        <Skeleton kind="rows" lines={4} />
      </Show>
      <Show when={action.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </section>
  )
}
