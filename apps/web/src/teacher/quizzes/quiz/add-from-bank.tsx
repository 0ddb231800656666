import type { BankQuestion, TagCount } from '@hourglass/quizzes/model'
import { createSignal, For } from 'solid-js'
import { createPageList } from '../../../lib/page-list'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { Dialog } from '../../../parts/dialog'
import { Empty } from '../../../parts/empty'
import { Checkbox } from '../../../parts/field'
import { PageList } from '../../../parts/page-list'
import { Pager } from '../../../parts/pager'
import { BankFilters, bankAddress } from '../bank-filters'
import { nameOf } from '../name-of'

/** Chooses questions of the bank for a section, in the order in which they are ticked. */
export function AddFromBank(props: {
  /** What stands in the quiz already: it is not offered a second time. */
  placed: ReadonlySet<string>
  tags: readonly TagCount[]
  onClose: () => void
  onAdd: (questions: BankQuestion[]) => void
}) {
  const [query, setQuery] = createSignal('')
  const [tag, setTag] = createSignal('')
  const [type, setType] = createSignal('')
  const [chosen, setChosen] = createSignal<readonly BankQuestion[]>([])
  const list = createPageList<BankQuestion, BankQuestion>(
    () => bankAddress({ query: query(), tag: tag(), type: type() }),
    {
      toItem: (question) => question,
    },
  )
  const isChosen = (id: string) => chosen().some((question) => question.id === id)
  const toggle = (question: BankQuestion) =>
    setChosen(isChosen(question.id) ? chosen().filter(({ id }) => id !== question.id) : [...chosen(), question])
  return (
    <Dialog
      isOpen
      isWide
      title={t('add.title')}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('add.cancel')}</Button>
          <Button
            variant="primary"
            disabled={chosen().length === 0}
            onClick={() => {
              props.onAdd([...chosen()])
              props.onClose()
            }}
          >
            {t('add.action', { count: chosen().length })}
          </Button>
        </>
      }
    >
      <div class="stack">
        <BankFilters
          query={query()}
          tag={tag()}
          type={type()}
          tags={props.tags}
          onQuery={setQuery}
          onTag={setTag}
          onType={setType}
        />
        <PageList
          list={list}
          empty={
            <Empty title={t('add.empty')}>
              <p>{t('add.emptyHow')}</p>
            </Empty>
          }
        >
          <fieldset>
            <legend class="hidden-text">{t('add.title')}</legend>
            <For each={list.state.items}>
              {(question) => (
                <Checkbox
                  label={nameOf(question.question)}
                  hint={
                    props.placed.has(question.id)
                      ? t('add.placed')
                      : [t(`type.${question.question.type}`), ...question.question.tags].join(' · ')
                  }
                  disabled={props.placed.has(question.id)}
                  checked={isChosen(question.id)}
                  onChange={() => toggle({ ...question })}
                />
              )}
            </For>
          </fieldset>
          <Pager
            shown={list.state.items.length}
            hasMore={list.state.next !== null}
            isLoading={list.state.isLoading}
            onMore={() => void list.more()}
          />
        </PageList>
      </div>
    </Dialog>
  )
}
