import type { Message } from '@hourglass/notifier/model'
import { A, useSearchParams } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import { isApiError } from '../lib/api-error'
import { createPageList } from '../lib/page-list'
import { t } from '../messages/mailbox'
import { ButtonLink } from '../parts/button'
import { Empty } from '../parts/empty'
import { Page } from '../parts/page'
import { PageList } from '../parts/page-list'
import { Pager } from '../parts/pager'
import { Time } from '../parts/time'
import './mailbox.css'

/** Mail that was not sent, since the program runs for development: a list and one of it, `/mailbox?message=…`. */
export default function Mailbox() {
  const [search] = useSearchParams<{ message?: string }>()
  const list = createPageList<Message, Message>(() => '/api/messages', { toItem: (message) => message })
  const open = createMemo(() => list.state.items.find(({ id }) => id === search.message))
  const isAbsent = () => isApiError(list.state.error, 'not-found')
  return (
    <Page title={t('mailbox.title')} lead={t('mailbox.lead')}>
      <Show when={!isAbsent()} fallback={<Empty title={t('mailbox.absent')}>{t('mailbox.absentText')}</Empty>}>
        <PageList
          list={list}
          empty={
            <Empty title={t('mailbox.empty')} icon="mail">
              {t('mailbox.emptyText')}
            </Empty>
          }
        >
          <div class="mailbox" classList={{ 'mailbox-reading': open() !== undefined }}>
            <div class="mailbox-list stack">
              <ul aria-label={t('mailbox.messages')}>
                <For each={list.state.items}>
                  {(message) => (
                    <li>
                      <A
                        class="mailbox-link"
                        href={`/mailbox?message=${message.id}`}
                        noScroll
                        aria-current={search.message === message.id ? 'true' : undefined}
                      >
                        <span class="mailbox-subject">{message.subject}</span>
                        <span class="soft small">{message.to}</span>
                        <span class="soft small">
                          <Time at={message.sentAt} />
                        </span>
                      </A>
                    </li>
                  )}
                </For>
              </ul>
              <Pager
                shown={list.state.items.length}
                hasMore={list.state.next !== null}
                isLoading={list.state.isLoading}
                onMore={() => void list.more()}
              />
            </div>
            <Show when={open()} fallback={<p class="mailbox-message soft">{t('mailbox.choose')}</p>}>
              {(message) => <Reading message={message()} />}
            </Show>
          </div>
        </PageList>
      </Show>
    </Page>
  )
}

function Reading(props: { message: Message }) {
  return (
    <article class="mailbox-message stack" aria-labelledby="subject">
      <div class="mailbox-back">
        <ButtonLink variant="quiet" icon="previous" href="/mailbox">
          {t('mailbox.messages')}
        </ButtonLink>
      </div>
      <h2 id="subject">{props.message.subject}</h2>
      <dl class="mailbox-facts small">
        <dt>{t('mailbox.to')}</dt>
        <dd>{props.message.to}</dd>
        <dt>{t('mailbox.sent')}</dt>
        <dd>
          <Time at={props.message.sentAt} />
        </dd>
      </dl>
      <p class="mailbox-text" dir="auto">
        <For each={splitLinks(props.message.text)}>
          {(part) => (
            <Show when={part.url} fallback={part.text}>
              {(url) => <a href={url()}>{part.text}</a>}
            </Show>
          )}
        </For>
      </p>
    </article>
  )
}

/** The plain text with its addresses told apart: those of this site open in it, wherever it runs. */
function splitLinks(text: string): { text: string; url: string | null }[] {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) => {
    if (index % 2 === 0) return { text: part, url: null }
    const { pathname, search, hash } = new URL(part)
    return { text: part, url: pathname + search + hash }
  })
}
