import { For, Show } from 'solid-js'
import { formatDateTime } from '../../lib/format'
import type { Action } from '../../lib/load'
import { t } from '../../messages/quizzes'
import { Button } from '../../parts/button'
import { ErrorNotice, Notice } from '../../parts/notice'
import { sayPath } from './say-path'
import { linesBetween, staleOf } from './stale'

/** Why a save failed. When somebody was faster: who and when, and a way to theirs on which nothing that was typed is lost. */
export function SaveFault(props: { error: unknown; loading: Action; onLoadTheirs: () => void }) {
  return (
    <Show when={props.error}>
      <Show when={staleOf(props.error)} fallback={<ErrorNotice error={props.error} title={t('save.failed')} />}>
        {(stale) => (
          <Notice meaning="attention" role="alert" title={t('stale.title', { name: stale().name })}>
            <p>{t('stale.text', { name: stale().name, at: stale().at ? formatDateTime(stale().at) : '' })}</p>
            <div>
              <Button busy={props.loading.isBusy()} onClick={() => props.onLoadTheirs()}>
                {t('stale.load', { name: stale().name })}
              </Button>
            </div>
            <Show when={props.loading.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
          </Notice>
        )}
      </Show>
    </Show>
  )
}

/** What was typed before another's version was loaded, place by place, until it is put back or let go. */
export function KeptDraft(props: { mine: unknown; theirs: unknown; onPutBack: () => void; onLetGo: () => void }) {
  const lines = () => linesBetween(props.mine, props.theirs)
  return (
    <section class="card stack" aria-label={t('kept.title')}>
      <h2 class="form-heading">{t('kept.title')}</h2>
      <p class="soft">{t('kept.text')}</p>
      <Show when={lines().length > 0} fallback={<p>{t('kept.same')}</p>}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section class="table-scroll kept-lines" tabIndex={0} aria-label={t('kept.caption')}>
          <table class="table">
            <caption class="hidden-text">{t('kept.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('kept.place')}</th>
                <th scope="col">{t('kept.mine')}</th>
                <th scope="col">{t('kept.theirs')}</th>
              </tr>
            </thead>
            <tbody>
              <For each={lines()}>
                {(line) => (
                  <tr>
                    <th scope="row">{sayPath(line.path)}</th>
                    <td dir="auto">{line.mine ?? t('kept.absent')}</td>
                    <td dir="auto">{line.theirs ?? t('kept.absent')}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </section>
      </Show>
      <div class="row">
        <Button onClick={() => props.onPutBack()}>{t('kept.putBack')}</Button>
        <Button variant="quiet" onClick={() => props.onLetGo()}>
          {t('kept.letGo')}
        </Button>
      </div>
    </section>
  )
}
