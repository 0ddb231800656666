import type { ReliabilityReport } from '@hourglass/notifier/reliability'
import { For } from 'solid-js'
import { api } from '../../lib/api'
import { createLoader, keepFresh } from '../../lib/load'
import { t } from '../../messages/reliability'
import { Button } from '../../parts/button'
import { Loaded } from '../../parts/loaded'
import { Page } from '../../parts/page'
import { PromiseCard } from './promise-card'
import { Summary } from './summary'
import './reliability.css'

/** Those nearest to an exam first. */
const parts = ['exams', 'gateway', 'students', 'grading', 'notifier', 'quizzes'] as const

const freshMs = 30_000

/** What is promised, and how far it is kept: `/admin/reliability`. */
export default function ReliabilityPage() {
  const loader = createLoader(
    () => 'reliability',
    (_, signal) => api.get<ReliabilityReport>('/api/reliability', { signal }),
  )
  keepFresh(loader, freshMs)
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button busy={loader.isLoading()} onClick={() => void loader.reload()}>
          {t('refresh')}
        </Button>
      }
    >
      <Loaded of={loader} skeleton="cards">
        {(report) => (
          <>
            <Summary of={report()} />
            <For each={parts}>
              {(part) => (
                <section class="stack" aria-labelledby={`part-${part}`}>
                  <h2 id={`part-${part}`}>{t(`part.${part}`)}</h2>
                  <div class="promises">
                    <For each={report().promises.filter(({ service }) => service === part)}>
                      {(promise) => <PromiseCard of={promise} />}
                    </For>
                  </div>
                </section>
              )}
            </For>
          </>
        )}
      </Loaded>
    </Page>
  )
}
