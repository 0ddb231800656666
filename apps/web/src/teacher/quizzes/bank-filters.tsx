import type { TagCount } from '@hourglass/quizzes/model'
import { formatNumber } from '../../lib/format'
import { t } from '../../messages/quizzes'
import { Select } from '../../parts/field'
import { SearchField } from '../../parts/search-field'
import { Toolbar } from '../../parts/toolbar'
import { questionTypes } from './question/blank-question'

/** Empty texts narrow nothing. */
export const bankAddress = ({ query, tag, type }: { query: string; tag: string; type: string }): string =>
  `/api/questions?${new URLSearchParams({ ...(query && { query }), ...(tag && { tag }), ...(type && { type }) })}`

/** Words, a tag and a type by which the bank is narrowed. */
export function BankFilters(props: {
  query: string
  tag: string
  type: string
  tags: readonly TagCount[]
  onQuery: (text: string) => void
  onTag: (tag: string) => void
  onType: (type: string) => void
}) {
  // A tag from the address is kept in the list even where no question has it any more.
  const tags = () =>
    props.tag && !props.tags.some(({ tag }) => tag === props.tag)
      ? [{ tag: props.tag, count: 0 }, ...props.tags]
      : props.tags
  return (
    <Toolbar label={t('bank.filters')}>
      <SearchField label={t('bank.search')} value={props.query} onSearch={props.onQuery} />
      <Select
        label={t('bank.tag')}
        isLabelHidden
        value={props.tag}
        options={[
          { value: '', label: t('bank.anyTag') },
          ...tags().map(({ tag, count }) => ({ value: tag, label: `${tag} (${formatNumber(count)})` })),
        ]}
        onChange={props.onTag}
      />
      <Select
        label={t('bank.type')}
        isLabelHidden
        value={props.type}
        options={[
          { value: '', label: t('bank.anyType') },
          ...questionTypes.map((type) => ({ value: type as string, label: t(`type.${type}`) })),
        ]}
        onChange={props.onType}
      />
    </Toolbar>
  )
}
