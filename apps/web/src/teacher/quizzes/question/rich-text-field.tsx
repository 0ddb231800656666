import type { RichText } from '@hourglass/questions/question'
import type { Image } from '@hourglass/quizzes/model'
import { createUniqueId, Show } from 'solid-js'
import { api } from '../../../lib/api'
import { createAction } from '../../../lib/load'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { Field, type FieldProps } from '../../../parts/field'
import { ErrorNotice } from '../../../parts/notice'
import './rich-text-field.css'

const formats = ['plain', 'markdown', 'html'] as const
const maxImageBytes = 5_000_000
const uploadTimeoutMs = 60_000

/** A text in its notation, with pictures. `value` is a part of a form's draft: what is typed is written into it. */
export function RichTextField(props: FieldProps & { value: RichText; rows?: number }) {
  const id = createUniqueId()
  const upload = createAction()
  let text: HTMLTextAreaElement | undefined
  let chooser: HTMLInputElement | undefined
  const insert = (image: Image) => {
    if (props.value.format === 'plain') props.value.format = 'markdown'
    const words = t('rich.alt')
    const isHtml = props.value.format === 'html'
    const before = isHtml ? '<img alt="' : '!['
    const after = isHtml ? `" src="${image.url}">` : `](${image.url})`
    const at = text?.selectionStart ?? props.value.text.length
    props.value.text = `${props.value.text.slice(0, at)}${before}${words}${after}${props.value.text.slice(at)}`
    // The words that describe the picture are what is written next.
    queueMicrotask(() => {
      text?.focus()
      text?.setSelectionRange(at + before.length, at + before.length + words.length)
    })
  }
  const send = (file: File | undefined) => {
    if (!file) return
    void upload.run(async () => {
      if (file.size > maxImageBytes) throw new RangeError(t('rich.tooLarge', { name: file.name }))
      insert(await api.post<Image>('/api/images', file, { contentType: file.type, timeoutMs: uploadTimeoutMs }))
    })
  }
  const imageIn = (files: FileList | undefined) => [...(files ?? [])].find(({ type }) => type.startsWith('image/'))
  return (
    <div class="rich-text">
      <Field
        label={props.label}
        hint={props.hint}
        error={props.error}
        isOptional={props.isOptional ?? false}
        isLabelHidden={props.isLabelHidden ?? false}
      >
        {(control) => (
          <textarea
            {...control}
            ref={text}
            class="input rich-text-input"
            dir="auto"
            rows={props.rows ?? 2}
            value={props.value.text}
            onInput={(event) => {
              props.value.text = event.currentTarget.value
            }}
            onPaste={(event) => {
              const image = imageIn(event.clipboardData?.files)
              if (!image) return
              event.preventDefault()
              send(image)
            }}
            onDrop={(event) => {
              const image = imageIn(event.dataTransfer?.files)
              if (!image) return
              event.preventDefault()
              send(image)
            }}
          />
        )}
      </Field>
      <div class="rich-text-tools">
        <label class="hidden-text" for={`${id}-format`}>
          {t('rich.format', { field: props.label })}
        </label>
        <select
          id={`${id}-format`}
          class="rich-text-format"
          onChange={(event) => {
            const chosen = formats.find((format) => format === event.currentTarget.value)
            if (chosen) props.value.format = chosen
          }}
        >
          {formats.map((format) => (
            <option value={format} selected={props.value.format === format}>
              {t(`rich.format.${format}`)}
            </option>
          ))}
        </select>
        <Button
          size="small"
          variant="quiet"
          icon="upload"
          busy={upload.isBusy()}
          aria-label={t('rich.imageFor', { field: props.label })}
          title={props.value.format === 'plain' ? t('rich.imagePlain') : undefined}
          onClick={() => chooser?.click()}
        >
          {t('rich.image')}
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          accept="image/png,image/jpeg,image/gif,image/webp"
          onChange={(event) => {
            send(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <Show when={upload.error()}>
        {(error) => (
          <Show
            when={error() instanceof RangeError ? (error() as RangeError) : null /* narrowed beside it */}
            fallback={<ErrorNotice error={error()} title={t('rich.imageFailed')} />}
          >
            {(tooLarge) => (
              <p class="field-error" role="alert">
                {tooLarge().message}
              </p>
            )}
          </Show>
        )}
      </Show>
    </div>
  )
}

/** A text that most leave empty: folded away until it is wanted. */
export function FoldedText(props: { label: string; hint?: string; value: RichText }) {
  return (
    <details class="folded" open={props.value.text !== ''}>
      <summary>{props.label}</summary>
      <RichTextField label={props.label} isLabelHidden hint={props.hint} value={props.value} />
    </details>
  )
}
