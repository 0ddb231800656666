import type { Class, RosterRow } from '@hourglass/students/model'
import { useBeforeLeave } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import { toCsv } from '../../lib/csv'
import { saveFile, toFileName } from '../../lib/save-file'
import { t } from '../../messages/classes'
import { Button } from '../../parts/button'
import { copyText } from '../../parts/copy-field'
import { PersonName } from '../../parts/person-name'
import { type Column, Table } from '../../parts/table'
import { Told } from '../../parts/told'

type Link = { name: string; email: string; address: string }

/** The links that an import made, to copy or to save; the server shows them only once. */
export function InvitationLinks(props: { class: Class; rows: readonly RosterRow[] }) {
  const links = createMemo(() =>
    props.rows.flatMap(({ name, email, invitation }): Link[] =>
      invitation === null ? [] : [{ name, email, address: `${location.origin}${invitation}` }],
    ),
  )
  const [told, setTold] = createSignal<{ text: string; isFault: boolean } | null>(null)
  const [isTaken, setTaken] = createSignal(false)
  useBeforeLeave((event) => {
    if (links().length > 0 && !isTaken() && !confirm(t('links.unsaved'))) event.preventDefault()
  })
  const copy = async (some: readonly Link[]) => {
    // With tabs between the cells a spreadsheet puts them into columns.
    const text = some.map(({ name, email, address }) => `${name}\t${email}\t${address}`).join('\n')
    try {
      await copyText(some.length === 1 ? (some[0]?.address ?? '') : text)
      if (some.length === links().length) setTaken(true)
      setTold({ text: t('links.copied', { count: some.length }), isFault: false })
    } catch {
      setTold({ text: t('links.copyFailed'), isFault: true })
    }
  }
  const save = () => {
    const name = `${toFileName(t('links.file', { class: props.class.name }))}.csv`
    const rows = links().map((link) => [link.name, link.email, link.address])
    saveFile(toCsv([['name', 'email', t('links.column')], ...rows]), name)
    setTaken(true)
    setTold({ text: t('links.saved', { name }), isFault: false })
  }
  return (
    <Show when={links().length > 0}>
      <section class="stack" aria-labelledby="links-title">
        <div class="stack-tight">
          <h3 id="links-title">{t('links.title')}</h3>
          <p class="measure">{t('links.text', { count: links().length })}</p>
        </div>
        <div class="row">
          <Button icon="download" onClick={save}>
            {t('links.save')}
          </Button>
          <Button onClick={() => void copy(links())}>{t('links.copyAll')}</Button>
        </div>
        <Told text={told()?.text ?? ''} meaning={told()?.isFault ? 'error' : 'stored'} />
        <Table caption={t('links.caption')} rows={links()} columns={columns((link) => void copy([link]))} />
      </section>
    </Show>
  )
}

const columns = (onCopy: (link: Link) => void): Column<Link>[] => [
  {
    id: 'name',
    header: t('roster.name'),
    isRowHeader: true,
    cell: (link) => <PersonName name={link.name} email={link.email} />,
  },
  { id: 'link', header: t('links.address'), cell: (link) => <code class="invitation-address">{link.address}</code> },
  {
    id: 'copy',
    header: t('links.copy'),
    cell: (link) => (
      <Button size="small" aria-label={t('links.copyOf', { name: link.name })} onClick={() => onCopy(link)}>
        {t('links.copy')}
      </Button>
    ),
  },
]
