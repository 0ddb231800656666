import type { Regrade, RegradePage } from '@hourglass/grading/model'
import { createSignal, For, Show } from 'solid-js'
import { api } from '../../lib/api'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { FormDialog } from '../../parts/form-dialog'
import { Time } from '../../parts/time'
import { correctionWords } from './words'
import './corrections.css'

/** What was corrected, the newest first; what was undone stays to be read. */
export function History(props: { page: RegradePage; onChanged: () => void }) {
  const [undoing, setUndoing] = createSignal<Regrade | null>(null)
  const questionOf = ({ questionId }: Regrade) => props.page.questions.find((each) => each.questionId === questionId)
  const numberOf = (regrade: Regrade) => questionOf(regrade)?.number ?? 0
  const nameOf = (regrade: Regrade) =>
    questionOf(regrade) ? t('attempt.question', { number: numberOf(regrade) }) : t('corrections.gone')
  const undo = async ({ regradeId }: Regrade) => {
    await api.post(`/api/regrades/${regradeId}/undo`, { gradingVersion: props.page.gradingVersion })
    props.onChanged()
  }
  return (
    <section class="stack">
      <h3>{t('corrections.history')}</h3>
      <Show when={props.page.items.length > 0} fallback={<p class="soft">{t('corrections.noHistory')}</p>}>
        <ol class="correction-list">
          <For each={props.page.items}>
            {(regrade) => (
              <li class="card row-apart" classList={{ 'correction-undone': regrade.undone !== null }}>
                <div class="stack-tight measure">
                  <strong>
                    {nameOf(regrade)} · {correctionWords(regrade.correction, questionOf(regrade))}
                  </strong>
                  <p dir="auto">{regrade.reason}</p>
                  <span class="soft small">
                    {t('corrections.by', { name: regrade.decidedBy.name })} <Time at={regrade.decidedAt} />
                  </span>
                  <Show when={regrade.undone}>
                    {(undone) => (
                      <span class="small">
                        {t('corrections.undone', { name: undone().by.name })} <Time at={undone().at} />
                      </span>
                    )}
                  </Show>
                </div>
                <Show when={regrade.undone === null}>
                  <Button
                    size="small"
                    aria-label={t('corrections.undoOf', { number: numberOf(regrade) })}
                    onClick={() => setUndoing(regrade)}
                  >
                    {t('corrections.undo')}
                  </Button>
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
      <Show when={undoing()}>
        {(regrade) => (
          <FormDialog
            title={t('corrections.undoTitle', { number: numberOf(regrade()) })}
            submitLabel={t('corrections.undo')}
            onSubmit={() => undo(regrade())}
            onClose={() => setUndoing(null)}
          >
            <p class="effect">{t('corrections.undoEffect')}</p>
          </FormDialog>
        )}
      </Show>
    </section>
  )
}
