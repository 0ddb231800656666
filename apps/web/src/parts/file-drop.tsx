import { createSignal, createUniqueId, Show } from 'solid-js'
import { t } from '../messages/lists'
import './file-drop.css'
import { Icon } from './icon'

/** Chooses a file by button or by dropping it; both lead to the same native control. */
export function FileDrop(props: {
  label: string
  hint?: string
  accept?: string
  maxBytes: number
  /** Such as "5 MB", for the words. */
  maxLabel: string
  onFile: (file: File) => void
}) {
  const id = createUniqueId()
  const [isOver, setOver] = createSignal(false)
  const [error, setError] = createSignal<string | null>(null)
  const [name, setName] = createSignal('')
  const take = (file: File | undefined) => {
    if (!file) return
    if (file.size > props.maxBytes) {
      setError(t('file.tooLarge', { name: file.name, limit: props.maxLabel }))
      return
    }
    setError(null)
    setName(file.name)
    props.onFile(file)
  }
  return (
    <div class="field">
      <span class="field-label" id={`${id}-label`}>
        {props.label}
      </span>
      <Show when={props.hint}>
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
      <label
        class="file-drop"
        classList={{ 'file-drop-over': isOver() }}
        for={id}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer?.files[0])
        }}
      >
        <Icon name="upload" />
        <span>
          <strong>{t('file.choose')}</strong> {t('file.drop')}
        </span>
        <Show when={name()}>
          <span class="soft">{name()}</span>
        </Show>
        <input
          id={id}
          type="file"
          class="hidden-text"
          accept={props.accept}
          aria-labelledby={`${id}-label`}
          aria-describedby={props.hint ? `${id}-hint` : undefined}
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            // So that the same file can be chosen again after it was corrected.
            event.currentTarget.value = ''
          }}
        />
      </label>
      <Show when={error()}>
        <p class="field-error" role="alert">
          <Icon name="error" />
          {error()}
        </p>
      </Show>
    </div>
  )
}
