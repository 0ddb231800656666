import { Show } from 'solid-js'
import { t } from '../messages/lists'
import './person-name.css'
import { Tag } from './tag'

/** A person in a table: the name, which may run the other way than the page, over the address that tells namesakes apart. With `onOpen` the name opens what can be done. */
export function PersonName(props: { name: string; email: string; onOpen?: () => void }) {
  return (
    <span class="person-name">
      <Show when={props.onOpen} fallback={<bdi>{props.name}</bdi>}>
        <button type="button" class="person-name-open" aria-haspopup="dialog" onClick={() => props.onOpen?.()}>
          <bdi>{props.name}</bdi>
        </button>
      </Show>
      <span class="person-name-email">{props.email}</span>
    </span>
  )
}

type Account = { isActive: boolean; hasPassword: boolean }

/** Whether an account can be used: for sorting, too. */
export const accountState = ({ isActive, hasPassword }: Account): 'inactive' | 'active' | 'invited' =>
  !isActive ? 'inactive' : hasPassword ? 'active' : 'invited'

export function AccountState(props: { of: Account }) {
  const state = () => accountState(props.of)
  return (
    <Show when={state() !== 'active'} fallback={t('account.active')}>
      <Tag meaning={state() === 'inactive' ? 'neutral' : 'attention'} icon={state() === 'inactive' ? 'lock' : 'mail'}>
        {t(state() === 'inactive' ? 'account.inactive' : 'account.invited')}
      </Tag>
    </Show>
  )
}
