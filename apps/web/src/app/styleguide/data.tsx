import { createSignal } from 'solid-js'
import { Button } from '../../parts/button'
import { LongTable } from '../../parts/long-table'
import { Pager } from '../../parts/pager'
import { PersonName } from '../../parts/person-name'
import { Histogram, Scatter } from '../../parts/plot'
import { type Column, type Sorting, Table } from '../../parts/table'
import { Tabs } from '../../parts/tabs'
import { Toolbar } from '../../parts/toolbar'

type Row = { name: string; email: string; marks: number }
const rows: Row[] = [
  { name: 'Ada Lovelace', email: 'ada@demo.example', marks: 19.5 },
  { name: 'Çağla Öztürk', email: 'cagla@demo.example', marks: 12 },
  { name: 'ليلى حسن', email: 'layla@demo.example', marks: 16.25 },
]
const manyRows = Array.from({ length: 2_000 }, (_, index) => ({
  ...{ name: `Student ${index + 1}`, email: `s${index + 1}@demo.example` },
  marks: (index * 7) % 21,
}))
const columns: Column<Row>[] = [
  {
    ...{ id: 'name', header: 'Student', isRowHeader: true, sortBy: ({ name }) => name },
    cell: (row) => <PersonName name={row.name} email={row.email} />,
  },
  {
    id: 'marks',
    header: 'Marks',
    isNumeric: true,
    sortBy: ({ marks }) => marks,
    cell: ({ marks }) => marks.toFixed(2),
  },
]

export function Data() {
  const [tab, setTab] = createSignal<'paper' | 'key'>('paper')
  const [sorting, setSorting] = createSignal<Sorting | null>(null)
  return (
    <>
      <Toolbar label="Tools" end={<Button size="small">Export</Button>}>
        <Button size="small">Pause</Button>
        <Button size="small">Resume</Button>
      </Toolbar>
      <Table caption="Marks" columns={columns} rows={rows} filterText={({ name, email }) => `${name} ${email}`} />
      <LongTable
        caption="Two thousand rows"
        columns={columns}
        rows={manyRows}
        sorting={sorting()}
        onSort={setSorting}
      />
      <Pager shown={50} hasMore onMore={() => undefined} />
      <Tabs
        label="Versions"
        tabs={[
          { id: 'paper', label: 'Paper' },
          { id: 'key', label: 'Key' },
        ]}
        selected={tab()}
        onSelect={setTab}
      >
        <p>{tab() === 'paper' ? 'What students see.' : 'What marks it.'}</p>
      </Tabs>
      <Histogram
        title="How did the class do?"
        finding="Half of the students have 12 marks or more of 20."
        xLabel="Marks (of 20)"
        yLabel="Students"
        bins={[0, 4, 8, 12, 16].map((from, index) => ({ from, to: from + 4, count: [1, 3, 7, 9, 4][index] ?? 0 }))}
      />
      <Scatter
        title="Which questions told strong from weak students?"
        finding="Question 3 did not."
        xLabel="Facility (share of the marks)"
        yLabel="Discrimination"
        nameHeader="Question"
        points={[
          { label: '1', x: 0.8, y: 0.3 },
          { label: '2', x: 0.55, y: 0.5 },
          { label: '3', x: 0.3, y: -0.1 },
        ]}
      />
    </>
  )
}
