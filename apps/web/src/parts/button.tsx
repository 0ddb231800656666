import { A, type AnchorProps } from '@solidjs/router'
import { type JSX, Show, splitProps } from 'solid-js'
import './button.css'
import { Icon, type IconName } from './icon'

type Look = {
  /** `primary`: the one thing this page is for. `danger`: ends or deletes. `quiet`: beside other things. */
  variant?: 'primary' | 'plain' | 'quiet' | 'danger'
  icon?: IconName
  /** After the words, for "next" and for menus. */
  iconAfter?: IconName
  size?: 'small' | 'target'
}

export type ButtonProps = Look & {
  /** The action runs: the button stays where it is, says so to screen readers and takes no second press. */
  busy?: boolean
} & JSX.ButtonHTMLAttributes<HTMLButtonElement>

export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, [
    'variant',
    'icon',
    'iconAfter',
    'size',
    'busy',
    'class',
    'children',
    'onClick',
  ])
  return (
    <button
      type="button"
      class={`${classOf(own)} ${own.class ?? ''}`}
      aria-busy={own.busy ? 'true' : undefined}
      aria-disabled={own.busy ? 'true' : undefined}
      onClick={(event) => {
        if (own.busy) event.preventDefault()
        else if (typeof own.onClick === 'function') own.onClick(event)
      }}
      {...rest}
    >
      <Face {...own} />
    </button>
  )
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink(props: Look & AnchorProps) {
  const [own, rest] = splitProps(props, ['variant', 'icon', 'iconAfter', 'size', 'class', 'children'])
  return (
    <A class={`${classOf(own)} ${own.class ?? ''}`} {...rest}>
      <Face {...own} />
    </A>
  )
}

/** A button of an icon alone; its name is spoken and shown on hover. */
export function IconButton(props: { label: string; icon: IconName } & Omit<ButtonProps, 'children' | 'icon'>) {
  const [own, rest] = splitProps(props, ['label', 'icon', 'class'])
  return (
    <Button variant="quiet" aria-label={own.label} title={own.label} class={`button-icon ${own.class ?? ''}`} {...rest}>
      <Icon name={own.icon} />
    </Button>
  )
}

function Face(props: Pick<Look, 'icon' | 'iconAfter'> & { children?: JSX.Element }) {
  return (
    <>
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      {props.children}
      <Show when={props.iconAfter}>{(name) => <Icon name={name()} />}</Show>
    </>
  )
}

const classOf = (look: Look): string => `button button-${look.variant ?? 'plain'} button-${look.size ?? 'target'}`
