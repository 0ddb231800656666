import { createSignal, For, Show } from 'solid-js'
import { Button, ButtonLink, IconButton } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { FormDialog } from '../../parts/form-dialog'
import { Menu } from '../../parts/menu'

const variants = ['primary', 'plain', 'quiet', 'danger'] as const

export function Buttons() {
  const [isOpen, setOpen] = createSignal(false)
  const [isForm, setForm] = createSignal(false)
  return (
    <>
      <For each={variants}>
        {(variant) => (
          <div class="row">
            <Button variant={variant}>{variant}</Button>
            <Button variant={variant} icon="plus">
              With an icon
            </Button>
            <Button variant={variant} size="small">
              Small
            </Button>
            <Button variant={variant} disabled>
              Disabled
            </Button>
            <Button variant={variant} busy>
              Busy
            </Button>
            <ButtonLink variant={variant} href="/styleguide" iconAfter="next">
              A link
            </ButtonLink>
          </div>
        )}
      </For>
      <div class="row">
        <IconButton label="Close" icon="close" />
        <IconButton label="Close, small" icon="close" size="small" />
        <Menu
          label="Menu"
          items={[
            { label: 'Goes somewhere', href: '/styleguide' },
            { label: 'Does something', icon: 'download', onSelect: () => undefined },
            { label: 'Deletes', isDangerous: true, onSelect: () => undefined },
          ]}
        />
        <Button onClick={() => setOpen(true)}>Open a dialog</Button>
        <Button onClick={() => setForm(true)}>Open a form that fails</Button>
      </div>
      <Dialog
        isOpen={isOpen()}
        onClose={() => setOpen(false)}
        title="Submit your exam?"
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Back to the questions</Button>
            <Button variant="primary" onClick={() => setOpen(false)}>
              Submit now
            </Button>
          </>
        }
      >
        <p>All 10 questions are answered.</p>
      </Dialog>
      <Show when={isForm()}>
        <FormDialog
          title="Archive Physics 1?"
          submitLabel="Archive class"
          isDangerous
          onSubmit={() => Promise.reject(new Error('as an example'))}
          onClose={() => setForm(false)}
        >
          <p>It leaves the lists. Its exams and marks stay.</p>
        </FormDialog>
      </Show>
    </>
  )
}
