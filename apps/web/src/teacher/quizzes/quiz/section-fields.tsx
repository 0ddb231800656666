import type { BankQuestion, QuizItem, QuizSection, TagCount } from '@hourglass/quizzes/model'
import { A } from '@solidjs/router'
import { createUniqueId, For, Show } from 'solid-js'
import { formatDecimal } from '../../../lib/format'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { Checkbox, TextField } from '../../../parts/field'
import { EditableList } from '../editable-list'
import { nameOf } from '../name-of'
import { questionPath } from '../paths'
import { FoldedText } from '../question/rich-text-field'
import { newDraw } from './quiz-form'

type SectionProps = {
  of: QuizSection
  number: number
  quizId: string
  questions: Readonly<Record<string, BankQuestion>>
  tags: readonly TagCount[]
  hasFault: (path: string) => boolean
  onAddFromBank: () => void
  onWriteNew: () => void
}

/** One section: its heading, its places in their order, and ways to add more. */
export function SectionFields(props: SectionProps) {
  const tagList = createUniqueId()
  const nameAt = (index: number) => {
    const item = props.of.items[index]
    if (!item) return t('item.name', { number: index + 1 })
    if (item.kind === 'draw') return t('item.drawName', { tag: item.tag })
    const question = props.questions[item.questionId]?.question
    return question ? nameOf(question) : t('item.name', { number: index + 1 })
  }
  return (
    <div class="stack section">
      <TextField
        label={t('section.name', { number: props.number })}
        hint={t('section.titleHint')}
        maxLength={400}
        dir="auto"
        value={props.of.title}
        onInput={(event) => {
          props.of.title = event.currentTarget.value
        }}
      />
      <FoldedText label={t('section.intro')} value={props.of.intro} />
      <Checkbox
        label={t('section.shuffle')}
        checked={props.of.shuffleQuestions}
        onChange={(event) => {
          props.of.shuffleQuestions = event.currentTarget.checked
        }}
      />
      <Show when={props.of.items.length === 0}>
        <p class="soft">{t('section.empty')}</p>
      </Show>
      <EditableList label={t('section.items', { number: props.number })} items={props.of.items} nameOf={nameAt}>
        {(item, index) => (
          <ItemFields
            item={item}
            section={props}
            name={nameAt(index())}
            tagList={tagList}
            hasFault={(member) => props.hasFault(`items.${index()}.${member}`)}
          />
        )}
      </EditableList>
      <datalist id={tagList}>
        <For each={props.tags}>{({ tag }) => <option value={tag} />}</For>
      </datalist>
      <div class="row">
        <Button size="small" icon="plus" onClick={() => props.onAddFromBank()}>
          {t('item.addFromBank')}
        </Button>
        <Button size="small" icon="plus" onClick={() => props.onWriteNew()}>
          {t('item.writeNew')}
        </Button>
        <Button size="small" icon="plus" onClick={() => props.of.items.push(newDraw(''))}>
          {t('item.addDraw')}
        </Button>
      </div>
    </div>
  )
}

type ItemProps = {
  item: QuizItem
  section: SectionProps
  name: string
  tagList: string
  hasFault: (member: string) => boolean
}

function ItemFields(props: ItemProps) {
  const draw = () => (props.item.kind === 'draw' ? props.item : null)
  return (
    <Show when={draw()} fallback={<FixedItem {...props} />}>
      {(item) => <DrawItem {...props} item={item()} />}
    </Show>
  )
}

function FixedItem(props: ItemProps) {
  const question = () => (props.item.kind === 'fixed' ? props.section.questions[props.item.questionId] : undefined)
  return (
    <div class="item-row">
      <div class="item-question">
        <Show when={question()} fallback={<span class="soft">{t('item.unknown')}</span>}>
          {(found) => (
            <>
              <A dir="auto" href={questionPath(found().id, props.section.quizId)}>
                {nameOf(found().question)}
              </A>
              <span class="soft small">{t(`type.${found().question.type}`)}</span>
            </>
          )}
        </Show>
      </div>
      <MarksField
        item={props.item}
        name={props.name}
        isWrong={props.hasFault('maxMarks')}
        own={question()?.question.maxMarks ?? null}
      />
    </div>
  )
}

function DrawItem(props: ItemProps & { item: Extract<QuizItem, { kind: 'draw' }> }) {
  const available = () => props.section.tags.find(({ tag }) => tag === props.item.tag)?.count ?? 0
  const hint = () => (props.item.tag === '' ? undefined : t('item.available', { count: available() }))
  return (
    <div class="item-row item-draw">
      <TextField
        label={t('item.count')}
        inputMode="numeric"
        maxLength={3}
        autocomplete="off"
        value={String(props.item.count)}
        onChange={(event) => {
          const count = Number(event.currentTarget.value.replace(/\D/g, ''))
          props.item.count = Math.min(500, Math.max(1, count))
          event.currentTarget.value = String(props.item.count)
        }}
      />
      <TextField
        label={t('item.tag')}
        hint={hint()}
        list={props.tagList}
        maxLength={80}
        autocomplete="off"
        error={
          props.item.tag !== '' && available() < props.item.count
            ? t('item.tooFew', { count: available() })
            : props.hasFault('tag')
              ? t('item.noTag')
              : null
        }
        value={props.item.tag}
        onInput={(event) => {
          props.item.tag = event.currentTarget.value
        }}
      />
      <MarksField item={props.item} name={props.name} isWrong={props.hasFault('maxMarks')} own={null} />
    </div>
  )
}

/** Marks here; empty leaves the question's own. */
const MarksField = (props: { item: QuizItem; name: string; isWrong: boolean; own: string | null }) => (
  <TextField
    class="item-marks"
    label={t('item.marks')}
    aria-label={t('item.marksOf', { name: props.name })}
    inputMode="decimal"
    autocomplete="off"
    maxLength={20}
    placeholder={props.own === null ? t('item.ownMarks') : formatDecimal(props.own)}
    error={props.isWrong ? t('fault.marks') : null}
    value={props.item.maxMarks ?? ''}
    onInput={(event) => {
      props.item.maxMarks = event.currentTarget.value === '' ? null : event.currentTarget.value
    }}
  />
)
