import { createSignal } from 'solid-js'
import { CopyField } from '../../parts/copy-field'
import { DateTimeField } from '../../parts/date-time-field'
import { Checkbox, PasswordField, RadioGroup, Select, TextArea, TextField } from '../../parts/field'
import { FileDrop } from '../../parts/file-drop'
import { SearchField } from '../../parts/search-field'

type Layout = 'one' | 'all'
const layouts = [
  { value: 'one', label: 'One question at a time', hint: 'With a rail to go back and forth.' },
  { value: 'all', label: 'All on one page' },
] as const

export function Fields() {
  const [layout, setLayout] = createSignal<Layout>('one')
  const [at, setAt] = createSignal<string | null>('2026-12-01T09:00:00.000Z')
  return (
    <div class="grid">
      <TextField label="Title" hint="Students see it." value="Pendulum: final" />
      <TextField label="Title" isOptional value="" />
      <TextField label="Title" error="Write a title, so that students know what they take." value="" />
      <TextField label="Title" value="Cannot be changed now" disabled />
      <PasswordField label="Password" value="a sentence is a good one" />
      <TextArea label="Reason" value="The fire alarm rang." />
      <Select label="Layout" options={layouts} value={layout()} onChange={setLayout} />
      <Select label="Layout" options={layouts} value={null} onChange={setLayout} placeholder="Choose one" />
      <DateTimeField label="Opens" value={at()} onChange={setAt} />
      <RadioGroup label="Layout" options={layouts} value={layout()} onChange={setLayout} />
      <RadioGroup label="Layout" isInline error="Choose one." options={layouts} value={null} onChange={setLayout} />
      <div class="stack-tight">
        <Checkbox label="Shuffle the options" hint="Each student gets an order of their own." checked />
        <Checkbox label="Ask for certainty" />
        <Checkbox label="Cannot be changed now" disabled />
      </div>
      <CopyField label="Invitation link" hint="Send it to one person." value="https://quiz.example/invitation#token" />
      <SearchField label="Search people" value="" onSearch={() => undefined} />
      <FileDrop label="Roster" accept=".csv" maxBytes={1_000} maxLabel="1 kB" onFile={() => undefined} />
    </div>
  )
}
