import type { Release } from '@hourglass/grading/model'
import { createSignal, Show } from 'solid-js'
import { api } from '../../lib/api'
import { createAction, createLoader } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Loaded } from '../../parts/loaded'
import { ErrorNotice } from '../../parts/notice'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'
import { useExam } from '../exams/frame'
import { showsAnything } from '../exams/review-options'

/** Whether results are out, and letting them out or taking them back, with the effect told before. */
export function ReleasePanel(props: { examId: string; onChanged?: () => void }) {
  const { exam } = useExam()
  const [isAsked, setAsked] = createSignal(false)
  const action = createAction()
  const loader = createLoader(
    () => props.examId,
    async (id, signal) =>
      (await api.get<{ items: Release[] }>(`/api/releases?examId=${id}`, { signal })).items[0] ?? null,
  )
  const isOut = () => ['released', 'automatic'].includes(loader.data()?.state ?? '')
  const idempotencyKey = { current: crypto.randomUUID() }
  const decide = async () => {
    const isDone = await action.run(async () => {
      loader.set(
        isOut()
          ? await api.delete<Release>(`/api/releases/${props.examId}`)
          : await api.post<Release>(
              '/api/releases',
              { examId: props.examId },
              { idempotencyKey: idempotencyKey.current },
            ),
      )
    })
    if (!isDone) return
    // What was decided is another decision the next time.
    idempotencyKey.current = crypto.randomUUID()
    setAsked(false)
    props.onChanged?.()
  }
  return (
    <Show when={loader.data() !== null}>
      <section class="card row-apart" aria-label={t('release.title')}>
        <Loaded of={loader} skeleton="text" lines={1}>
          {(release) => (
            <>
              <div class="stack-tight">
                <span class="row">
                  <strong>{t('release.title')}</strong>
                  <Tag meaning={isOut() ? 'stored' : 'neutral'} icon={isOut() ? 'eye' : 'lock'}>
                    {t(`release.state.${release().state}`)}
                  </Tag>
                </span>
                <span>
                  {t('release.ready', { count: release().complete })}{' '}
                  {release().waiting > 0 ? t('release.waiting', { count: release().waiting }) : ''}
                </span>
                <Show when={release().decidedAt}>
                  {(at) => (
                    <span class="soft small">
                      {t('release.by', { name: release().decidedBy?.name ?? '' })} <Time at={at()} />
                    </span>
                  )}
                </Show>
              </div>
              <Button
                variant={isOut() || release().complete === 0 ? 'plain' : 'primary'}
                icon={isOut() ? 'lock' : 'eye'}
                onClick={() => setAsked(true)}
              >
                {t(isOut() ? 'release.withdraw' : 'release.release')}
              </Button>
              <Dialog
                isOpen={isAsked()}
                onClose={() => setAsked(false)}
                title={t(isOut() ? 'release.withdrawTitle' : 'release.releaseTitle')}
                actions={
                  <>
                    <Button variant="quiet" onClick={() => setAsked(false)}>
                      {t('edit.cancel')}
                    </Button>
                    <Button
                      variant={isOut() ? 'danger' : 'primary'}
                      busy={action.isBusy()}
                      onClick={() => void decide()}
                    >
                      {t(isOut() ? 'release.withdraw' : 'release.release')}
                    </Button>
                  </>
                }
              >
                <Show
                  when={isOut()}
                  fallback={
                    <>
                      <p class="effect">{t('release.effectNow', { count: release().complete })}</p>
                      <Show when={release().waiting > 0}>
                        <p>{t('release.effectLater', { count: release().waiting })}</p>
                      </Show>
                      <p class="soft">
                        {t(showsAnything(exam().reviewOptions) ? 'release.byReview' : 'release.nothingShown')}
                      </p>
                    </>
                  }
                >
                  <p class="effect">{t('release.effectBack', { count: release().complete })}</p>
                  <p class="soft">{t('release.effectBackMail')}</p>
                </Show>
                <Show when={action.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
              </Dialog>
            </>
          )}
        </Loaded>
      </section>
    </Show>
  )
}
