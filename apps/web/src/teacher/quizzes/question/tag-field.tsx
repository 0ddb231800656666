import type { TagCount } from '@hourglass/quizzes/model'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { api } from '../../../lib/api'
import { createLoader } from '../../../lib/load'
import { t } from '../../../messages/quizzes'
import { Button, IconButton } from '../../../parts/button'
import { Field } from '../../../parts/field'

const maxTags = 40

/** Tags that a question carries; those of the bank are offered while one is written. Enter or a comma adds it. */
export function TagField(props: { tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const listId = createUniqueId()
  const [typed, setTyped] = createSignal('')
  const known = createLoader(
    () => 'tags',
    (_, signal) => api.get<{ items: TagCount[] }>('/api/questions/tags', { signal }),
  )
  const add = () => {
    const fresh = typed()
      .split(',')
      .map((tag) => tag.trim().slice(0, 80))
      .filter(Boolean)
    props.onChange([...new Set([...props.tags, ...fresh])].slice(0, maxTags))
    setTyped('')
  }
  return (
    <div class="stack-tight">
      <Field label={t('tags.label')} hint={t('tags.hint')} isOptional>
        {(control) => (
          <div class="line-row">
            <input
              {...control}
              class="input"
              type="text"
              list={listId}
              maxLength={200}
              autocomplete="off"
              value={typed()}
              onInput={(event) => {
                setTyped(event.currentTarget.value)
                if (typed().includes(',')) add()
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                add()
              }}
              onBlur={() => typed().trim() && add()}
            />
            <Button size="target" onClick={add}>
              {t('tags.add')}
            </Button>
          </div>
        )}
      </Field>
      <datalist id={listId}>
        <For each={known.data()?.items ?? []}>{({ tag }) => <option value={tag} />}</For>
      </datalist>
      <Show when={props.tags.length > 0}>
        <ul class="plain-list row" aria-label={t('tags.label')}>
          <For each={props.tags}>
            {(tag) => (
              <li class="chip">
                {tag}
                <IconButton
                  icon="close"
                  size="small"
                  label={t('tags.remove', { tag })}
                  onClick={() => props.onChange(props.tags.filter((each) => each !== tag))}
                />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  )
}
